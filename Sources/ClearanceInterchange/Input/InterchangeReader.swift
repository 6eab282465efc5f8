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
    private enum Format {
        case open
        case xml(CEBReader)
        case ndjson(NDJSONReader)
        case refused
    }

    private let file: String
    private let profile: EventProfile?
    private var format = Format.open
    private var head: [UInt8] = []

    /// A reader of one input; without a profile XML is read as `ceb` and NDJSON as `open`.
    public init(file: String, profile: EventProfile? = nil) {
        self.file = file
        self.profile = profile
    }

    /// Takes the next piece and yields what is complete.
    ///
    /// An input that is in memory is read fastest as one last piece; ``finish(into:)`` then has
    /// nothing left to do.
    public mutating func push(
        _ bytes: Span<UInt8>, isLast: Bool = false, into sink: (ParsedItem) -> Void
    ) {
        if case .open = format, !head.isEmpty || !decide(bytes, isLast: isLast, into: sink) {
            head.append(copying: bytes)
            let start = head
            guard decide(start.span, isLast: isLast, into: sink) else { return }
            head = []
            feed(start.span, isLast: isLast, into: sink)
        } else {
            feed(bytes, isLast: isLast, into: sink)
        }
    }

    /// The input has ended; yields what was still open.
    public mutating func finish(into sink: (ParsedItem) -> Void) {
        if case .open = format {
            let start = head
            head = []
            _ = decide(start.span, isLast: true, into: sink)
            feed(start.span, isLast: true, into: sink)
        }
        switch format {
        case .xml(let reader): reader.finish(into: sink)
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
        reader.push(bytes, isLast: true, into: sink)
        reader.finish(into: sink)
    }

    private mutating func feed(_ bytes: Span<UInt8>, isLast: Bool, into sink: (ParsedItem) -> Void)
    {
        switch format {
        case .xml(let reader): reader.push(bytes, isLast: isLast, into: sink)
        case .ndjson(var reader):
            // Moved out and back, so that what it holds is not copied.
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
        let start = bytes.extracting(..<min(4, bytes.count))
        let isUTF16 =
            InterchangeReader.begins(start, [0xFE, 0xFF])
            || InterchangeReader.begins(start, [0xFF, 0xFE])
        if isUTF16 || start.indices.contains(where: { start[$0] == 0 }) {
            refuse(into: sink)
            return true
        }
        var place = InterchangeReader.begins(start, [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while place < bytes.count, InterchangeReader.isBlank(bytes[place]) { place += 1 }
        guard place < bytes.count else {
            // Nothing but blanks: at the end there is nothing to read; before it, more may come.
            if bytes.count > InterchangeLimits.documentBytes { refuse(into: sink) }
            return isLast || bytes.count > InterchangeLimits.documentBytes
        }
        format =
            bytes[place] == UInt8(ascii: "<")
            ? .xml(CEBReader(file: file, profile: profile ?? .ceb))
            : .ndjson(NDJSONReader(file: file, profile: profile ?? .open))
        return true
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 32 || byte == 9 || byte == 10 || byte == 13
    }

    private static func begins(_ bytes: Span<UInt8>, _ mark: [UInt8]) -> Bool {
        guard bytes.count >= mark.count else { return false }
        for index in mark.indices where bytes[index] != mark[index] { return false }
        return true
    }

    private mutating func refuse(into sink: (ParsedItem) -> Void) {
        format = .refused
        let place = Place(file: file, index: 0, line: 1, column: 1)
        let fault = InputFault(
            code: "encoding", path: "", line: 1, column: 1, message: .onlyUTF8)
        sink(.reject(Reject(place: place, faults: [fault], raw: "", maskedRaw: "")))
    }
}
