public import ClearanceEvents

/// Reads what the outside sends, told apart by its content: CEB XML or NDJSON CloudEvents.
///
///     var reader = InterchangeReader(file: "orders.ndjson", profile: .open)
///     reader.push(piece.span) { item in … }
///     reader.finish { item in … }
///
/// Pieces may end anywhere. Every document becomes an event or a reject, and a bad one never costs
/// its neighbours. Memory is bounded by ``InterchangeLimits``, whatever the input is.
public struct InterchangeReader {
    enum Format {
        case open
        case xml(XMLInput)
        case ndjson(NDJSONReader)
        case refused
    }

    private let file: String
    private let profile: EventProfile?
    var format = Format.open
    /// The first bytes, while they do not say yet what the input is.
    private var head: [UInt8] = []

    /// A reader of one input; without a profile XML is read as `ceb` and NDJSON as `open`.
    public init(file: String, profile: EventProfile? = nil) {
        self.file = file
        self.profile = profile
    }

    /// Takes the next piece and yields what is complete.
    public mutating func push(_ bytes: Span<UInt8>, into sink: (ParsedItem) -> Void) {
        guard case .open = format else { return feed(bytes, into: sink) }
        // Nearly every first piece says enough by itself and is not copied.
        if head.isEmpty {
            if decide(bytes, isLast: false, into: sink) { return feed(bytes, into: sink) }
            head.append(copying: bytes)
        } else {
            head.append(copying: bytes)
            let start = head
            if decide(start.span, isLast: false, into: sink) { feedHead(into: sink) }
        }
    }

    /// The input has ended; yields what was still open.
    public mutating func finish(into sink: (ParsedItem) -> Void) {
        if case .open = format {
            let start = head
            if decide(start.span, isLast: true, into: sink) { feedHead(into: sink) }
        }
        switch format {
        case .xml(var reader):
            reader.finish(into: sink)
            format = .xml(reader)
        case .ndjson(var reader):
            reader.finish(into: sink)
            format = .ndjson(reader)
        case .open, .refused: break
        }
    }

    /// Reads a whole input that is already in memory.
    public static func read(
        _ bytes: Span<UInt8>, file: String, profile: EventProfile? = nil,
        into sink: (ParsedItem) -> Void
    ) {
        var reader = InterchangeReader(file: file, profile: profile)
        reader.push(bytes, into: sink)
        reader.finish(into: sink)
    }

    private mutating func feedHead(into sink: (ParsedItem) -> Void) {
        let start = head
        head = []
        feed(start.span, into: sink)
    }

    private mutating func feed(_ bytes: Span<UInt8>, into sink: (ParsedItem) -> Void) {
        // Moved out and back, so that what a reader holds is not copied.
        switch format {
        case .xml(var reader):
            format = .refused
            reader.push(bytes, into: sink)
            format = .xml(reader)
        case .ndjson(var reader):
            format = .refused
            reader.push(bytes, into: sink)
            format = .ndjson(reader)
        case .open, .refused: break
        }
    }

    /// Looks at the first byte that says something; false while more is needed.
    private mutating func decide(
        _ bytes: Span<UInt8>, isLast: Bool, into sink: (ParsedItem) -> Void
    ) -> Bool {
        if !isLast, bytes.count < 4 { return false }
        if InterchangeReader.isWide(bytes) {
            refuse(into: sink)
            return true
        }
        var index =
            bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
            ? 3 : 0
        while index < bytes.count, [32, 9, 10, 13].contains(bytes[index]) { index += 1 }
        guard index < bytes.count else {
            // Nothing but blanks: at the end there is nothing to read; before it, more may come.
            if bytes.count > InterchangeLimits.documentBytes { refuse(into: sink) }
            return isLast || bytes.count > InterchangeLimits.documentBytes
        }
        format =
            bytes[index] == UInt8(ascii: "<")
            ? .xml(XMLInput(file: file, profile: profile ?? .ceb))
            : .ndjson(NDJSONReader(file: file, profile: profile ?? .open))
        return true
    }

    /// UTF-16 and UTF-32, with or without their mark, show a zero among the first four bytes.
    private static func isWide(_ bytes: Span<UInt8>) -> Bool {
        for index in 0..<min(4, bytes.count) where bytes[index] == 0 { return true }
        guard bytes.count >= 2 else { return false }
        return (bytes[0] == 0xFE && bytes[1] == 0xFF) || (bytes[0] == 0xFF && bytes[1] == 0xFE)
    }

    private mutating func refuse(into sink: (ParsedItem) -> Void) {
        format = .refused
        let place = Place(file: file, index: 0, line: 1, column: 1)
        let fault = InputFault(
            code: "encoding", path: "", line: 1, column: 1, message: Expat.onlyUTF8)
        sink(.reject(Reject(place: place, faults: [fault], raw: "", maskedRaw: "")))
    }
}
