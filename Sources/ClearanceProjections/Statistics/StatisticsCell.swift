import ClearanceEvents

/// The key of one monthly cell: what was counted, in which month, under which codes.
///
/// The bytes sort by kind, then month, then codes. A code is clipped to 20 bytes, so that bad input
/// cannot make a key too long; codes of the tables are far shorter.
public struct StatisticsCell: Sendable, Hashable {
    /// What a cell counts.
    public enum Kind: UInt8, Sendable {
        /// Lists, each once in the cell of its direction, mode and customs …
        case lists = 1
        /// … once in each of its chapters …
        case listsByChapter = 2
        /// … once in each of its countries …
        case listsByCountry = 3
        /// … and once in each chapter and country: distinct counts do not add up.
        case listsByChapterAndCountry = 4
        /// Lines: count, Σ value, Σ quantity, in 10⁻⁵.
        case lines = 5
        /// Lines without value (gifts): count and quantity; they form no unit value.
        case gifts = 6
        /// Returned lines that arrived: count, Σ value, Σ quantity.
        case returned = 7
        /// Lists by minutes from arrival or acceptance to release or closing.
        case releaseMinutes = 8
        /// Lists by minutes from arrival to closing (exports).
        case closingMinutes = 9
    }

    public var kind: Kind
    /// `year × 12 + month − 1` of the Beijing month.
    public var month: Int
    public var direction = ProcedureStep.Direction.unknown
    public var mode = ""
    public var customs = ""
    public var chapter = ""
    public var country = ""
    public var gcode = ""
    public var unit = ""
    public var currency = ""
    /// Minutes; ``withoutStart`` where the starting point is missing or later than the end.
    public var minutes: UInt32 = 0
    /// Whether the list was inspected, detained or suspended.
    public var wasHeld = false

    /// The minutes of a list without a usable starting point.
    public static let withoutStart = UInt32.max

    public init(kind: Kind, month: Int) {
        self.kind = kind
        self.month = month
    }

    /// The key's bytes.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(64)
        bytes.append(kind.rawValue)
        bytes.append(UInt8(truncatingIfNeeded: month >> 8))
        bytes.append(UInt8(truncatingIfNeeded: month))
        bytes.append(direction.rawValue | (wasHeld ? 4 : 0))
        for shift in [24, 16, 8, 0] as [UInt32] {
            bytes.append(UInt8(truncatingIfNeeded: minutes >> shift))
        }
        StatisticsCell.write(mode, to: &bytes)
        StatisticsCell.write(customs, to: &bytes)
        StatisticsCell.write(chapter, to: &bytes)
        StatisticsCell.write(country, to: &bytes)
        StatisticsCell.write(gcode, to: &bytes)
        StatisticsCell.write(unit, to: &bytes)
        StatisticsCell.write(currency, to: &bytes)
        return bytes
    }

    /// Reads a key; nil for bytes that are none.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count >= 15, let kind = Kind(rawValue: bytes[0]), bytes[3] < 8,
            let direction = ProcedureStep.Direction(rawValue: bytes[3] & 3)
        else { return nil }
        self.init(kind: kind, month: Int(bytes[1]) << 8 | Int(bytes[2]))
        self.direction = direction
        wasHeld = bytes[3] & 4 != 0
        for byte in bytes[4..<8] { minutes = minutes << 8 | UInt32(byte) }
        let codes = bytes[8...].split(separator: 0, omittingEmptySubsequences: false)
        guard codes.count == 8, codes[7].isEmpty else { return nil }
        let texts = codes.prefix(7).map { String(decoding: $0, as: UTF8.self) }
        (mode, customs, chapter, country) = (texts[0], texts[1], texts[2], texts[3])
        (gcode, unit, currency) = (texts[4], texts[5], texts[6])
    }

    private static func write(_ code: String, to bytes: inout [UInt8]) {
        let utf8 = code.utf8
        // Codes of the tables are short and plain; only bad input is clipped.
        if utf8.count <= 20, utf8.allSatisfy({ $0 >= 32 }) {
            bytes.append(contentsOf: utf8)
        } else {
            bytes.append(contentsOf: clipped(code))
        }
        bytes.append(0)
    }

    private static func clipped(_ code: String) -> [UInt8] {
        var bytes: [UInt8] = []
        for scalar in code.unicodeScalars where scalar.value >= 32 {
            let next = Array(String(scalar).utf8)
            guard bytes.count + next.count <= 20 else { break }
            bytes += next
        }
        return bytes
    }
}
