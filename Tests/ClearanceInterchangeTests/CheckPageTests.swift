import Foundation
import Testing

@testable import ClearanceInterchange

@Suite("The page of codes")
struct CheckPageTests {
    @Test("The page says what the tables say")
    func page() throws {
        let file = URL(filePath: Kit.package + "/specs/interchange-codes.md")
        let isWriting = ProcessInfo.processInfo.environment["CLEARANCE_WRITE_SPECS"] == "1"
        if isWriting { try CheckPage.text.write(to: file, atomically: true, encoding: .utf8) }
        let written = try? String(contentsOf: file, encoding: .utf8)
        #expect(written == CheckPage.text, "CLEARANCE_WRITE_SPECS=1 rewrites it")
    }

    @Test("Every rule of a name stands in the page's table")
    func rules() {
        for (name, rule) in CEBRule.byName {
            if case .oneOf = rule { continue }
            #expect(CheckPage.text.contains("`\(name)`"), "\(name)")
        }
    }
}
