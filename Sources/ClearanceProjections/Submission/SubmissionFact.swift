import ClearanceEvents

/// One thing that was said of a document: a version of it, or customs' word about it.
///
/// Names are kept as 64-bit digests: the row compares them and never prints them.
public struct SubmissionFact: Sendable, Equatable {
    /// What was said.
    enum Word: UInt8, Sendable {
        case draft = 0
        case new = 1
        case change = 2
        case delete = 3
        /// 120, and 399 where no 120 is given.
        case accepted = 4
        /// A negative returnStatus.
        case failed = 5
        /// 100.
        case rejected = 6
        /// 800 and 899 of a list.
        case released = 7
        /// 700 of a list.
        case turnedBack = 8

        var verb: SubmissionVerb? { SubmissionVerb(rawValue: rawValue) }
    }

    /// A line of a list or of a return.
    struct Line: Sendable, Equatable {
        let gnum: Int64
        /// The digits of the HS code; 0 when there is none.
        let gcode: UInt64
        /// In 10⁻⁵ of the declared unit.
        let qty: Int64
    }

    let word: Word
    let paper: SubmissionPaper
    /// The document's subject.
    let name: UInt64
    /// Microseconds: `appTime` of a version, else the event's own time.
    let time: Int64
    /// The high half of the event's natural key.
    let ref: UInt64
    /// What separates documents of one subject: a payment's order, a status; else 0.
    var branch: UInt64 = 0
    /// The high half of the content mark of a version; else 0.
    var content: UInt64 = 0
    var isExport = false
    /// `msgSeqNo` and `msgCount`; 0 when the message is not split.
    var part: Int64 = 0
    var parts: Int64 = 0
    /// `returnStatus` of a failure.
    var code: Int64 = 0
    /// The order number, platform and enterprise that a version names; else 0.
    var order: UInt64 = 0
    var platform: UInt64 = 0
    var enterprise: UInt64 = 0
    /// The waybill that a version is or names.
    var waybill: UInt64 = 0
    /// The list's own further names, or the list that a request speaks of.
    var list: UInt64 = 0
    var pre: UInt64 = 0
    var lines: [Line] = []

    init(
        _ word: Word, _ paper: SubmissionPaper, name: UInt64, time: Int64, ref: UInt64
    ) {
        self.word = word
        self.paper = paper
        self.name = name
        self.time = time
        self.ref = ref
    }
}

extension SubmissionFact {
    private static let hasPart: UInt16 = 1 << 8
    private static let hasCode: UInt16 = 1 << 9
    private static let hasLines: UInt16 = 1 << 10
    private static let exports: UInt16 = 1 << 11

    func encode(into writer: inout ByteWriter) {
        var mask: UInt16 = isExport ? Self.exports : 0
        if branch != 0 { mask |= 1 }
        if content != 0 { mask |= 2 }
        if order != 0 { mask |= 4 }
        if platform != 0 { mask |= 8 }
        if enterprise != 0 { mask |= 16 }
        if waybill != 0 { mask |= 32 }
        if list != 0 { mask |= 64 }
        if pre != 0 { mask |= 128 }
        if part != 0 || parts != 0 { mask |= Self.hasPart }
        if code != 0 { mask |= Self.hasCode }
        if !lines.isEmpty { mask |= Self.hasLines }
        writer.write(word.rawValue << 4 | paper.rawValue)
        writer.write(mask)
        writer.write(name)
        writer.write(time)
        writer.write(ref)
        if branch != 0 { writer.write(branch) }
        if content != 0 { writer.write(content) }
        if order != 0 { writer.write(order) }
        if platform != 0 { writer.write(platform) }
        if enterprise != 0 { writer.write(enterprise) }
        if waybill != 0 { writer.write(waybill) }
        if list != 0 { writer.write(list) }
        if pre != 0 { writer.write(pre) }
        if mask & Self.hasPart != 0 {
            writer.writeSigned(part)
            writer.writeSigned(parts)
        }
        if code != 0 { writer.writeSigned(code) }
        guard !lines.isEmpty else { return }
        writer.writeVarint(UInt64(lines.count))
        for line in lines {
            writer.writeSigned(line.gnum)
            writer.writeVarint(line.gcode)
            writer.writeSigned(line.qty)
        }
    }

    @_lifetime(reader: copy reader)
    init(from reader: inout ByteReader) throws(DecodingError) {
        let head = try reader.byte()
        guard let word = Word(rawValue: head >> 4), let paper = SubmissionPaper(rawValue: head & 15)
        else { throw DecodingError(offset: reader.offset, expected: "a word about a document") }
        let mask = try reader.uint16()
        self.init(
            word, paper, name: try reader.uint64(), time: try reader.int64(),
            ref: try reader.uint64())
        isExport = mask & Self.exports != 0
        if mask & 1 != 0 { branch = try reader.uint64() }
        if mask & 2 != 0 { content = try reader.uint64() }
        if mask & 4 != 0 { order = try reader.uint64() }
        if mask & 8 != 0 { platform = try reader.uint64() }
        if mask & 16 != 0 { enterprise = try reader.uint64() }
        if mask & 32 != 0 { waybill = try reader.uint64() }
        if mask & 64 != 0 { list = try reader.uint64() }
        if mask & 128 != 0 { pre = try reader.uint64() }
        if mask & Self.hasPart != 0 {
            part = try reader.signed()
            parts = try reader.signed()
        }
        if mask & Self.hasCode != 0 { code = try reader.signed() }
        guard mask & Self.hasLines != 0 else { return }
        for _ in 0..<(try reader.varint()) {
            lines.append(
                Line(
                    gnum: try reader.signed(), gcode: try reader.varint(),
                    qty: try reader.signed()))
        }
    }
}
