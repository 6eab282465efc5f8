import ClearanceStore
import Foundation
import Seeded
import Testing

@testable import ClearanceLedger

@Suite("Lines that are a person's, taken out of files")
struct PersonalLinesTests {
    private let directory = TemporaryDirectory()

    private func drop(_ bytes: [UInt8], _ texts: Set<String>) throws -> (Int, [UInt8]) {
        try FileManager.default.createDirectory(
            atPath: directory.path, withIntermediateDirectories: true)
        let path = directory.path + "/lines.ndjson"
        try Data(bytes).write(to: URL(filePath: path))
        let count = try PersonalLines.drop(from: path, holding: texts)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).count == 1)
        return (count, Array(try Data(contentsOf: URL(filePath: path))))
    }

    @Test("A text is found wherever it lies in a line, over the ends of pieces, and ends there")
    func everyPlace() throws {
        let text = "PRIVATE"
        for place in stride(from: 65_536 - 9, through: 65_536 + 2, by: 1) {
            let before = Array(repeating: UInt8(ascii: "a"), count: place)
            let line = before + Array("\(text)bbb\n".utf8)
            let (count, kept) = try drop(line + Array("kept\n".utf8), [text])
            #expect(count == 1 && kept == Array("kept\n".utf8), "place \(place)")
            // Two halves in two lines are no text.
            let parted = before + Array("PRIV\nATE\n".utf8)
            #expect(try drop(parted, [text]).0 == 0, "place \(place)")
        }
        #expect(try drop(Array("no feed PRIVATE".utf8), [text]) == (1, []))
        #expect(try drop(Array("short".utf8), ["short"]) == (0, Array("short".utf8)))
    }

    @Test("Exactly the lines that hold one of the texts go, whatever their lengths")
    func random() throws {
        let seed = UInt64(ProcessInfo.processInfo.processIdentifier)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            var all: [UInt8] = []
            var kept: [UInt8] = []
            var dropped = 0
            for number in 0..<Int.random(in: 1...60, using: &generator) {
                var line = [UInt8](
                    repeating: UInt8(ascii: "P"),
                    count: Int.random(in: 0...9_000, using: &generator))
                let isOne = Int.random(in: 0..<3, using: &generator) == 0
                if isOne {
                    let text = number % 2 == 0 ? "PRIVATE-1" : "PRIVATE-22"
                    let place = Int.random(in: 0...line.count, using: &generator)
                    line.insert(contentsOf: Array(text.utf8), at: place)
                }
                line.append(10)
                all += line
                if isOne { dropped += 1 } else { kept += line }
            }
            let (count, rest) = try drop(all, ["PRIVATE-1", "PRIVATE-22"])
            #expect(count == dropped && rest == kept, "seed \(seed)")
        }
    }
}
