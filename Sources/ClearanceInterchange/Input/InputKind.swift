/// What an input is, by its first bytes.
enum InputKind: Equatable {
    case blank
    case xml
    case ndjson
    /// Payment data of announcements 2018/165 and 2018/179, as JSON or as a form's body.
    case evidence(isForm: Bool)
    /// A CEB message in the JSON of a port's upload interface.
    case upload
    case table

    /// Bytes in which the name of a JSON object's first member has to end.
    static let headBytes = 4_096

    /// Looks at what stands behind a byte order mark and blanks; nil while more is needed.
    ///
    /// With a mapping everything that is neither XML nor a JSON object is a table.
    static func of(_ bytes: Span<UInt8>, isLast: Bool, hasMapping: Bool) -> InputKind? {
        var scan = MarkupScanner(bytes: bytes)
        _ = scan.skip([0xEF, 0xBB, 0xBF])
        scan.skipBlanks()
        guard scan.index < bytes.count else {
            return isLast || bytes.count > InterchangeLimits.documentBytes ? .blank : nil
        }
        let isWhole = isLast || bytes.count - scan.index >= headBytes
        switch bytes[scan.index] {
        case UInt8(ascii: "<"): return .xml
        case UInt8(ascii: "{"): return object(&scan, isWhole: isWhole)
        default: break
        }
        if scan.isAt(FormBody.field + "=") { return .evidence(isForm: true) }
        if !isWhole, scan.mayBecome(FormBody.field + "=") { return nil }
        return hasMapping ? .table : .ndjson
    }

    /// An object by the name of its first member; a CloudEvent when that says nothing else.
    private static func object(_ scan: inout MarkupScanner, isWhole: Bool) -> InputKind? {
        let unknown: InputKind? = isWhole ? .ndjson : nil
        scan.index += 1
        scan.skipBlanks()
        guard let name = scan.word() else { return scan.isAtEnd ? unknown : .ndjson }
        if name == FormBody.field || EvidenceForm.root.contains(where: { $0.name == name })
            || name == EvidenceForm.olderLists
        {
            return .evidence(isForm: false)
        }
        guard name == "message" else { return .ndjson }
        scan.skipBlanks()
        guard scan.skip([UInt8(ascii: ":")]) else { return scan.isAtEnd ? unknown : .ndjson }
        scan.skipBlanks()
        if scan.isAtEnd { return unknown }
        return scan.isAt("{") ? .upload : .ndjson
    }
}

extension MarkupScanner {
    var isAtEnd: Bool { index >= bytes.count }

    /// Whether the rest is the beginning of a word.
    func mayBecome(_ word: String) -> Bool {
        var place = index
        for byte in word.utf8 {
            if place == bytes.count { return true }
            guard bytes[place] == byte else { return false }
            place += 1
        }
        return false
    }

    /// A quoted word without escapes; nil when there is none, or not all of it (then at the end).
    @_lifetime(self: copy self)
    mutating func word() -> String? {
        guard !isAtEnd, bytes[index] == UInt8(ascii: "\"") else { return nil }
        var word: [UInt8] = []
        var place = index + 1
        while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
            word.append(bytes[place])
            place += 1
        }
        guard place < bytes.count else {
            index = place
            return nil
        }
        index = place + 1
        return String(decoding: word, as: UTF8.self)
    }
}
