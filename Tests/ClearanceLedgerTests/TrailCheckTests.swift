import ClearanceEvents
import Foundation
import Testing

@testable import ClearanceLedger

@Suite("The trail of disclosures, verified")
struct TrailCheckTests {
    private let directory = TemporaryDirectory()

    /// A line of the trail with a text of some length.
    private func line(_ number: Int, length: Int = 20) -> [UInt8] {
        let text = String(repeating: "a b@", count: length / 4)
        return DisclosureTrail.line(Array(#"{"number":\#(number),"reason":"\#(text)"}"#.utf8))
    }

    private func read(_ bytes: [UInt8]) -> DisclosureTrail {
        var trail = DisclosureTrail()
        // In pieces, as a file is read.
        for start in stride(from: 0, to: bytes.count, by: 100) {
            trail.take(bytes.span.extracting(start..<min(start + 100, bytes.count)))
        }
        trail.finish()
        return trail
    }

    private func verify(_ bytes: [UInt8]) throws -> [VerifyReport.Damage] {
        let folder = URL(filePath: directory.path + "/disclosures")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(bytes).write(to: folder.appending(path: "disclosures.ndjson"))
        return try Ledger.verify(directory.path).damage
    }

    @Test("Any bit of a trail that is flipped is told with the file and the line")
    func flipped() throws {
        try directory.open(.sealed).close()
        let lines = (1...3).map { line($0, length: 40 * $0) }
        let bytes = Array(lines.joined())
        #expect(read(bytes).changed.isEmpty && read(bytes).end == bytes.count)
        #expect(try verify(bytes).isEmpty)
        for bit in 0..<(bytes.count * 8) {
            var other = bytes
            other[bit / 8] ^= 1 << UInt8(bit % 8)
            let number =
                bit / 8 < lines[0].count ? 1 : bit / 8 < bytes.count - lines[2].count ? 2 : 3
            let trail = read(other)
            // A line feed that is made or taken away counts lines otherwise behind it.
            #expect(trail.changed.first == number, "bit \(bit)")
            #expect(trail.end == bytes.count, "bit \(bit)")
            guard bit % 211 == 0 else { continue }
            let found = try verify(other)
            #expect(found.first?.what == "line \(number) is not what was written", "bit \(bit)")
            #expect(found.allSatisfy { $0.file == DisclosureTrail.path && $0.position == 0 })
        }
    }

    @Test("What a crash or a loss of power leaves behind the last line is no damage")
    func torn() throws {
        try directory.open(.sealed).close()
        let whole = line(1) + line(2)
        let last = line(3, length: 1_200)
        for length in 0..<last.count {
            let trail = read(whole + last[..<length])
            #expect(trail.changed.isEmpty && trail.end == whole.count, "\(length) bytes")
        }
        #expect(try verify(whole + last.dropLast()).isEmpty)
        #expect(try verify(whole + [UInt8](repeating: 0, count: 700)).isEmpty)
        // The file grew, and some of the sectors of its last line never came to the disk.
        let bytes = whole + last
        let sectors = (whole.count / 512)...(bytes.count / 512 - 1)
        #expect(sectors.count > 1)
        for sector in sectors {
            var other = bytes
            for place in max(whole.count, sector * 512)..<((sector + 1) * 512) { other[place] = 0 }
            #expect(read(other).changed.isEmpty && read(other).end == whole.count)
            #expect(try verify(other).isEmpty)
            // Behind it a line was shown, so this one was on the disk.
            #expect(read(other + line(4)).changed == [3])
            // Zeros in other places are nothing that a disk leaves.
            other[bytes.count - 20] = 0
            #expect(read(other).changed == [3])
        }
    }

    @Test("What waits is taken over by repair, as it is, and told when it was changed")
    func repaired() throws {
        try directory.open(.sealed).close()
        var bytes = line(1) + line(2)
        #expect(try verify(bytes).isEmpty)
        let target = TemporaryDirectory()
        func repair() throws -> RepairReport {
            let report = try Ledger.repair(directory.path, to: target.path)
            let path = target.path + "/" + DisclosureTrail.path
            #expect(Array(try Data(contentsOf: URL(filePath: path))) == bytes)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
            #expect(mode as? Int == 0o600)
            try FileManager.default.removeItem(atPath: target.path)
            return report
        }
        #expect(try repair().damage.isEmpty)
        bytes[3] ^= 1
        let found = try verify(bytes)
        let report = try repair()
        #expect(report.damage == found && found.count == 1 && report.isComplete)
    }

    @Test("Many changed lines are named up to a limit, and a line without end is one")
    func bounded() throws {
        try directory.open(.sealed).close()
        let bytes = [UInt8](repeating: 10, count: 150)
        #expect(read(bytes).changed == Array(1...100))
        let report = try verify(bytes)
        #expect(report.count == VerifyReport.damageLimit)
        #expect(read([UInt8](repeating: 65, count: 70_000)).changed == [1])
        #expect(read(line(1) + [UInt8](repeating: 65, count: 70_000) + [10]).changed == [2])
    }
}
