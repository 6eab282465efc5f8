public import ClearanceEvents

/// Reads what the outside sends, told apart by its content: CEB XML, alone or in an envelope,
/// NDJSON CloudEvents, payment data, and tables under a mapping.
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
        case evidence(EvidenceReader)
        case upload(PortUploadReader)
        case table(TableReader)
        case refused
    }

    private let file: String
    private let profile: EventProfile?
    private let depth: CheckDepth
    private let mapping: TableMapping?
    var format = Format.open
    /// The first bytes, while they do not say yet what the input is.
    private var head: [UInt8] = []

    /// A reader of one input; without a profile XML is read as `ceb` and NDJSON as `open`.
    ///
    /// `depth` spares checks of CEB messages that somebody else makes; events are the same. With a
    /// `mapping` what is neither XML nor a JSON object is a table.
    public init(
        file: String, profile: EventProfile? = nil, depth: CheckDepth = .business,
        mapping: TableMapping? = nil
    ) {
        self.file = file
        self.profile = profile
        self.depth = depth
        self.mapping = mapping
    }

    /// Takes the next piece and yields what is complete.
    ///
    /// An input that is in memory is read fastest as one last piece; ``finish(into:)`` then has
    /// nothing left to do but has to be called all the same.
    public mutating func push(
        _ bytes: Span<UInt8>, isLast: Bool = false, into sink: (ParsedItem) -> Void
    ) {
        guard case .open = format else { return feed(bytes, isLast: isLast, into: sink) }
        // Nearly every first piece says enough by itself and is not copied.
        if head.isEmpty {
            if decide(bytes, isLast: isLast, into: sink) {
                return feed(bytes, isLast: isLast, into: sink)
            }
            head.append(copying: bytes)
        } else {
            head.append(copying: bytes)
            let start = head
            if decide(start.span, isLast: isLast, into: sink) {
                feedHead(isLast: isLast, into: sink)
            }
        }
    }

    /// The input has ended; yields what was still open.
    public mutating func finish(into sink: (ParsedItem) -> Void) {
        if case .open = format {
            let start = head
            if decide(start.span, isLast: true, into: sink) { feedHead(isLast: true, into: sink) }
        }
        switch format {
        case .xml(var reader):
            reader.finish(into: sink)
            format = .xml(reader)
        case .ndjson(var reader):
            reader.finish(into: sink)
            format = .ndjson(reader)
        case .evidence(var reader):
            reader.finish(into: sink)
            format = .evidence(reader)
        case .upload(let reader): reader.finish(into: sink)
        case .table(let reader): reader.finish(into: sink)
        case .open, .refused: break
        }
    }

    /// Reads a whole input that is already in memory.
    public static func read(
        _ bytes: Span<UInt8>, file: String, profile: EventProfile? = nil,
        depth: CheckDepth = .business, mapping: TableMapping? = nil,
        into sink: (ParsedItem) -> Void
    ) {
        var reader = InterchangeReader(
            file: file, profile: profile, depth: depth, mapping: mapping)
        reader.push(bytes, isLast: true, into: sink)
        reader.finish(into: sink)
    }

    private mutating func feedHead(isLast: Bool, into sink: (ParsedItem) -> Void) {
        let start = head
        head = []
        feed(start.span, isLast: isLast, into: sink)
    }

    private mutating func feed(
        _ bytes: Span<UInt8>, isLast: Bool, into sink: (ParsedItem) -> Void
    ) {
        // Moved out and back, so that what a reader holds is not copied.
        switch format {
        case .xml(var reader):
            format = .refused
            reader.push(bytes, isLast: isLast, into: sink)
            format = .xml(reader)
        case .ndjson(var reader):
            format = .refused
            reader.push(bytes, into: sink)
            format = .ndjson(reader)
        case .evidence(var reader):
            format = .refused
            reader.push(bytes, into: sink)
            format = .evidence(reader)
        case .upload(let reader): reader.push(bytes, into: sink)
        case .table(let reader): reader.push(bytes, into: sink)
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
        let kind = InputKind.of(bytes, isLast: isLast, hasMapping: mapping != nil)
        guard let kind else { return false }
        switch kind {
        // At the end there is nothing to read; before it there is too much of nothing.
        case .blank: if !isLast { refuse(into: sink) }
        case .xml:
            format = .xml(XMLInput(file: file, profile: profile ?? .ceb, depth: depth))
        case .evidence(let isForm):
            format = .evidence(
                EvidenceReader(file: file, profile: profile ?? .open, isForm: isForm))
        case .upload:
            format = .upload(
                PortUploadReader(file: file, profile: profile ?? .ceb, depth: depth))
        case .ndjson, .table:
            if kind == .table, let mapping {
                format = .table(
                    TableReader(file: file, profile: profile ?? .open, mapping: mapping))
            } else {
                format = .ndjson(NDJSONReader(file: file, profile: profile ?? .open))
            }
        }
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
            code: "encoding", path: "", line: 1, column: 1, message: .onlyUTF8)
        sink(.reject(Reject(place: place, faults: [fault], raw: "", maskedRaw: "")))
    }
}
