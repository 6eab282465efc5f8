internal import ClearanceEvents

/// Reads one CEB message from pieces of any size.
///
/// Events come when the message ends, because the sender stands behind the documents.
struct CEBReader {
    private let scanner: CEBScanner
    private let parser: Expat
    private var isDone = false

    init(file: String, profile: EventProfile) {
        scanner = CEBScanner(file: file, profile: profile)
        parser = Expat(scanner: scanner)
    }

    mutating func push(_ bytes: Span<UInt8>, into sink: (ParsedItem) -> Void) {
        if !isDone, !parser.push(bytes, isLast: false) { deliver(into: sink) }
    }

    mutating func finish(into sink: (ParsedItem) -> Void) {
        if isDone { return }
        _ = parser.push([UInt8]().span, isLast: true)
        deliver(into: sink)
    }

    private mutating func deliver(into sink: (ParsedItem) -> Void) {
        isDone = true
        for item in scanner.finish(failure: parser.failure) { sink(item) }
    }
}
