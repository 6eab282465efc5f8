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
    public mutating func push(_ bytes: Span<UInt8>, into sink: (ParsedItem) -> Void) {
        if case .open = format {
            head.append(copying: bytes)
            guard decide(isLast: false, into: sink) else { return }
            let start = head
            head = []
            feed(start.span, into: sink)
        } else {
            feed(bytes, into: sink)
        }
    }

    /// The input has ended; yields what was still open.
    public mutating func finish(into sink: (ParsedItem) -> Void) {
        if case .open = format {
            _ = decide(isLast: true, into: sink)
            let start = head
            head = []
            feed(start.span, into: sink)
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

    private mutating func feed(_ bytes: Span<UInt8>, into sink: (ParsedItem) -> Void) {
        switch format {
        case .xml(var reader):
            format = .refused
            reader.push(bytes, into: sink)
            format = .xml(reader)
        case .ndjson(var reader):
            // Moved out and back, so that what it holds is not copied.
            format = .refused
            reader.push(bytes, into: sink)
            format = .ndjson(reader)
        case .open, .refused: break
        }
    }

    /// Looks at the first byte that says something; false while more is needed.
    private mutating func decide(isLast: Bool, into sink: (ParsedItem) -> Void) -> Bool {
        if !isLast, head.count < 4 { return false }
        let isUTF16 = head.starts(with: [0xFE, 0xFF]) || head.starts(with: [0xFF, 0xFE])
        if isUTF16 || head.reduce(.max, min) == 0 {
            refuse(into: sink)
            return true
        }
        var rest = head[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        let first = rest.first { $0 != 32 && $0 != 9 && $0 != 10 && $0 != 13 }
        guard let first else {
            // Nothing but blanks: at the end there is nothing to read; before it, more may come.
            if head.count > InterchangeLimits.documentBytes { refuse(into: sink) }
            return isLast || head.count > InterchangeLimits.documentBytes
        }
        format =
            first == UInt8(ascii: "<")
            ? .xml(CEBReader(file: file, profile: profile ?? .ceb))
            : .ndjson(NDJSONReader(file: file, profile: profile ?? .open))
        return true
    }

    private mutating func refuse(into sink: (ParsedItem) -> Void) {
        format = .refused
        let place = Place(file: file, index: 0, line: 1, column: 1)
        let fault = InputFault(
            code: "encoding", path: "", line: 1, column: 1, message: Expat.onlyUTF8)
        sink(.reject(Reject(place: place, faults: [fault], raw: "", maskedRaw: "")))
    }
}
