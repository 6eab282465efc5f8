import ClearanceEvents
import Foundation
import Testing

@testable import ClearanceInterchange

@Suite("The codes of checks")
struct CheckCodeTests {
    @Test("Each code stays away, appears, and turns at its boundary", arguments: CheckCase.all)
    func cases(_ each: CheckCase) {
        #expect(!each.accepts.codes.contains(each.code), "accepts")
        #expect(each.refuses.codes.contains(each.code), "refuses")
        #expect(each.boundary.codes.contains(each.code) == each.isMetAtBoundary, "boundary")
    }

    @Test("Every code of the catalogue has its three tests, and every test a code")
    func whole() {
        let tested = CheckCase.all.map(\.code)
        #expect(Set(tested).count == tested.count)
        let all = Set(FindingCode.all.map(\.word))
        #expect(all.count == FindingCode.all.count)
        #expect(all.subtracting(tested).subtracting(CheckCase.elsewhere.keys) == [])
        #expect(Set(tested).subtracting(all) == [])
        #expect(Set(CheckCase.elsewhere.keys).intersection(tested) == [])
    }

    @Test("No code is given in the sources that the catalogue lacks")
    func sources() throws {
        let known = Set(FindingCode.all.map(\.word))
        let calls = try Regex(
            #"(?:InputFault\(\s*code:|\b(?:fault|report|refuse|failed|find|remark)\()"#
                + #"\s*"([a-zA-Z0-9]+)""#)
        let pairs = try Regex(#"\(\s*"([a-z][a-zA-Z]+)",\s*\.[a-z]"#)
        var found: Set<String> = []
        for (path, text) in Kit.sources("ClearanceInterchange") {
            for call in text.matches(of: calls) {
                found.insert(String(call.output[1].substring ?? ""))
            }
            guard path.contains("CEB") || path.contains("JSON/") else { continue }
            for pair in text.matches(of: pairs) {
                found.insert(String(pair.output[1].substring ?? ""))
            }
        }
        #expect(found.contains("gnumRepeated") && found.contains("wrongLength"))
        #expect(found.subtracting(known) == [])
    }

    @Test("Every code of the vocabulary's own check is in the catalogue")
    func vocabulary() {
        #expect(Fault.Code.allCases.filter { FindingCode.of($0.rawValue) == nil } == [])
    }
}

extension Kit {
    /// The sources of a target, by their paths.
    static func sources(_ target: String) -> [(path: String, text: String)] {
        let root = package + "/Sources/" + target
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: root)) ?? []
        return names.filter { $0.hasSuffix(".swift") }.compactMap { name in
            (try? String(contentsOfFile: root + "/" + name, encoding: .utf8)).map { (name, $0) }
        }
    }
}
