import ClearanceEvents
import Testing

@testable import ClearanceInterchange

@Suite("Official samples", .enabled(if: Kit.isThere))
struct OfficialSampleTests {
    @Test(
        "Every official import sample passes the form checks",
        arguments: Kit.versions, Kit.messages)
    func form(version: String, message: String) {
        let parsed = Parsed(bytes: Kit.sample(message, version))
        print(
            version, message, parsed.events.count, Set(parsed.findingCodes),
            parsed.rejects.map { "\($0.path) \($0.code)" })
            print(String(decoding: EventPrinter(masks: false).bytes(of: e), as: UTF8.self))
        }
        #expect(parsed.rejects == [])
        #expect(!parsed.events.isEmpty)
    }
}
