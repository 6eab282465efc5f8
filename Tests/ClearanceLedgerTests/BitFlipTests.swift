import ClearanceEvents
import ClearanceLedger
import Foundation
import Seeded
import Testing

/// Flips single bits in every file of small ledgers (`specs/verify.md`, guarantee 1).
@Suite("A flipped bit") struct BitFlipTests {
    /// Bits of one file; the environment may ask for more, 0 for every bit.
    private static let sample =
        Int(ProcessInfo.processInfo.environment["CLEARANCE_FLIPS"] ?? "") ?? 12

    /// What a ledger answers.
    private struct Answers: Equatable {
        var position: UInt64 = 0
        var entries: [[UInt8]] = []
        var origin = ""
        var digest = ""

        /// Which answer differs; short, as there may be many.
        func difference(from other: Answers) -> String? {
            if position != other.position { return "position" }
            if entries != other.entries { return "entries" }
            if origin != other.origin { return "origin" }
            return digest == other.digest ? nil : "digest"
        }
    }

    private static func answers(_ directory: String) throws -> Answers {
        let reader = try Ledger.openReader(directory, options: TemporaryDirectory.options(key: nil))
        var answers = Answers()
        answers.position = try reader.position()
        answers.origin = reader.origin
        try reader.forEachEntry { _, view in
            answers.entries.append(Array(copied: view.bytes))
            return true
        }
        answers.digest = try reader.view().digest()
        try reader.close()
        return answers
    }

    private func fill(
        _ directory: TemporaryDirectory, closing: Bool, epochBytes: Int? = nil
    ) throws -> Ledger {
        var options = TemporaryDirectory.options(key: nil)
        if let epochBytes { options.epochBytes = epochBytes }
        let ledger = try Ledger.open(directory.path, options: options)
        for batch in 0..<6 {
            let numbers = (batch * 5)..<(batch * 5 + 5)
            var events = numbers.map { Toy.order($0, at: $0) }
            events += numbers.map { Toy.payment($0, of: $0, at: 40 + $0, "10.00") }
            _ = try ledger.append(events, recordedAt: .input)
            if batch == 4 { try ledger.project() }
        }
        if closing { try ledger.close() }
        return ledger
    }

    @Test("is named, or changes no answer, in every file of a ledger that was closed")
    func closed() throws {
        let directory = TemporaryDirectory()
        _ = try fill(directory, closing: true)
        try flip(directory.path)
    }

    @Test("is named, or changes no answer, in a ledger whose process ended without closing")
    func killed() throws {
        let (original, directory) = (TemporaryDirectory(), TemporaryDirectory())
        let ledger = try fill(original, closing: false)
        // What is on disk while the process holds it is what a kill leaves.
        try FileManager.default.copyItem(atPath: original.path, toPath: directory.path)
        try ledger.close()
        try flip(directory.path)
    }

    @Test("is named, or changes no answer, in a ledger of several epochs")
    func epochs() throws {
        let directory = TemporaryDirectory()
        // One commit an epoch: each ends as soon as it has pages beyond the first.
        _ = try fill(directory, closing: true, epochBytes: 20_000)
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.path + "/log")
        #expect(names.filter { $0.hasPrefix("epoch-") }.count > 1)
        try flip(directory.path)
    }

    @Test("is named, or changes no answer, in a ledger with closed epochs")
    func closedEpochs() throws {
        let directory = TemporaryDirectory()
        let ledger = try fill(directory, closing: false, epochBytes: 20_000)
        let closed = try ledger.closeEpochs()
        #expect(!closed.isEmpty)
        try ledger.close()
        try flip(directory.path)
    }

    private func flip(_ directory: String) throws {
        let seed = UInt64.random(in: 0...UInt64(UInt32.max))
        var generator = SeededGenerator(seed: seed)
        let sound = try Ledger.verify(
            directory, options: TemporaryDirectory.options(key: nil))
        try #require(sound.isIntact, "\(sound.damage)")
        let expected = try Self.answers(directory)
        let paths = try #require(FileManager.default.subpaths(atPath: directory)).sorted()
        for path in paths {
            let url = URL(fileURLWithPath: directory + "/" + path)
            guard let bytes = try? Data(contentsOf: url), !bytes.isEmpty else { continue }
            for bit in Self.bits(of: bytes.count, path, &generator) {
                let note = Comment(rawValue: "\(path), bit \(bit), seed \(seed)")
                try Self.write(bytes, flipping: bit, to: url)
                try check(directory, expected, note)
            }
            try Self.write(bytes, flipping: nil, to: url)
        }
        #expect(try Self.answers(directory) == expected)
    }

    /// All bits of the meta pages, a sample of the rest; all of small files.
    private static func bits(
        of count: Int, _ path: String, _ generator: inout SeededGenerator
    ) -> [Int] {
        let all = count * 8
        if sample == 0 || all <= sample { return Array(0..<all) }
        var bits = (0..<sample).map { _ in Int.random(in: 0..<all, using: &generator) }
        guard path.hasSuffix("data.mdb") else { return bits }
        for page in 0..<2 {
            for _ in 0..<sample {
                bits.append(page * 32_768 + Int.random(in: 0..<(152 * 8), using: &generator))
            }
        }
        return bits
    }

    /// In place: a closed epoch is write-protected, and a new file would be another inode.
    private static func write(_ bytes: Data, flipping bit: Int?, to url: URL) throws {
        var bytes = bytes
        if let bit { bytes[bit / 8] ^= 1 << UInt8(bit % 8) }
        let mode = try FileManager.default.attributesOfItem(atPath: url.path)
        try bytes.write(to: url)
        try FileManager.default.setAttributes(
            [.posixPermissions: mode[.posixPermissions] ?? 0o600], ofItemAtPath: url.path)
    }

    private func check(_ directory: String, _ expected: Answers, _ note: Comment) throws {
        let report: VerifyReport
        do {
            report = try Ledger.verify(directory, options: TemporaryDirectory.options(key: nil))
        } catch {
            // Told with the file that cannot be used at all.
            #expect(!error.description.isEmpty, note)
            return
        }
        guard report.isIntact else {
            #expect(report.damage.allSatisfy { !$0.file.isEmpty && !$0.what.isEmpty }, note)
            return
        }
        do {
            let found = try Self.answers(directory)
            #expect(found.difference(from: expected) == nil, note)
        } catch {
            Issue.record("verified and yet: \(error), \(note)")
        }
    }
}

extension [UInt8] {
    /// A copy of lent bytes.
    fileprivate init(copied span: Span<UInt8>) {
        self = span.indices.map { span[$0] }
    }
}
