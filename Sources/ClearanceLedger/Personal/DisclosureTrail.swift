import ClearanceStore

/// The form of the trail of disclosures: lines that each end with the sum of what stands before it.
///
/// Whoever reveals adds a line and flushes it before anything is shown; the command that next
/// appends takes the lines in. A value of this type reads such a file, piece after piece, and tells
/// what was changed from what a loss of power tore. Source: `specs/personal.md`, disclosures.
public struct DisclosureTrail {
    /// The file, from the ledger's directory on.
    public static let path = "disclosures/disclosures.ndjson"
    /// Lines that are named at most: as many as a report of verification has places.
    public static let changedLimit = VerifyReport.damageLimit
    /// Bytes of a line that are held: more than the longest reason takes, sealed and in
    /// hexadecimal digits, with everything around it.
    private static let lineBytes = 1 << 16
    /// What a device writes whole or not at all.
    private static let sectorBytes = 512

    /// The numbers of lines, from 1, that are not what was written; the first ones.
    public private(set) var changed: [Int] = []
    /// Where the lines end that were written whole, or changed: behind it stands what a crash cut.
    public private(set) var end = 0

    private var line: [UInt8] = []
    private var number = 1
    /// Where the line begins, and the next byte stands.
    private var start = 0
    private var next = 0
    private var isTooLong = false
    /// The first of the lines since the last good one that a loss of power may have torn.
    private var torn: [Int] = []

    /// A reader at the beginning of a trail.
    public init() {}

    /// An object of JSON as a line, with its line feed: the last member is the CRC-32C of the bytes
    /// before it.
    public static func line(_ object: [UInt8]) -> [UInt8] {
        let before = Array(object.dropLast())
        return before + ending(before) + [10]
    }

    /// Whether a line, without its line feed, is what was written.
    public static func isWhole(_ line: [UInt8]) -> Bool {
        let before = Array(line.dropLast(ending([]).count))
        return line.count > before.count && line.elementsEqual(before + ending(before))
    }

    /// Reads on. Cost: that of the checksum.
    public mutating func take(_ piece: Span<UInt8>) {
        for index in piece.indices {
            let byte = piece[index]
            next += 1
            if byte == 10 {
                endLine()
            } else if line.count < DisclosureTrail.lineBytes {
                line.append(byte)
            } else {
                isTooLong = true
            }
        }
    }

    /// Says that the trail is at its end.
    ///
    /// A line that was not ended was never acted on. One whose line feed alone was changed was.
    public mutating func finish() {
        if isTooLong || DisclosureTrail.isWhole(Array(line.dropLast())) {
            note(number, through: next)
        }
    }

    private mutating func endLine() {
        defer {
            line.removeAll(keepingCapacity: true)
            isTooLong = false
            number += 1
            start = next
        }
        if !isTooLong, DisclosureTrail.isWhole(line) {
            note(nil, through: next)
        } else if !isTooLong, isTorn {
            if torn.count < DisclosureTrail.changedLimit { torn.append(number) }
        } else {
            note(number, through: next)
        }
    }

    /// Counts everything up to here as acted on; what seemed torn before it was changed.
    private mutating func note(_ bad: Int?, through end: Int) {
        for number in torn + (bad.map { [$0] } ?? [])
        where changed.count < DisclosureTrail.changedLimit {
            changed.append(number)
        }
        torn.removeAll()
        self.end = end
    }

    /// Whether the zeros of the line are those of sectors that never came to the disk, though its
    /// end did: the file grew, and power was lost. No single bit that is flipped makes such zeros.
    private var isTorn: Bool {
        let sector = DisclosureTrail.sectorBytes
        var isFound = false
        var index = 0
        while let zero = line[index...].firstIndex(of: 0) {
            let behind = line[zero...].firstIndex { $0 != 0 } ?? line.count
            guard zero == 0 || (start + zero) % sector == 0, (start + behind) % sector == 0 else {
                return false
            }
            isFound = true
            index = behind
        }
        return isFound
    }

    private static func ending(_ before: [UInt8]) -> [UInt8] {
        let digits = String(crc32c(before.span), radix: 16)
        let zeros = String(repeating: "0", count: 8 - digits.count)
        return Array(#","sum":"\#(zeros)\#(digits)"}"#.utf8)
    }
}
