internal import ClearanceEvents

/// Reads one CEB message from pieces of any size.
///
/// Events come when the message ends, because the sender stands behind the documents.
final class CEBReader {
    private let scanner: CEBScanner
    private let tape: XMLTape
    private var isDone = false

    init(file: String, profile: EventProfile, depth: CheckDepth = .business) {
        tape = XMLTape.take()
        scanner = CEBScanner(file: file, profile: profile, depth: depth, tape: tape)
        tape.begin(scanner)
    }

    deinit { XMLTape.giveBack(tape) }

    /// Takes the next piece; of the last one everything is delivered.
    ///
    /// An input that is in memory is cheapest as one last piece: nothing of it is kept apart.
    func push(_ bytes: Span<UInt8>, isLast: Bool = false, into sink: (ParsedItem) -> Void) {
        guard !isDone else { return }
        if !tape.push(bytes, isLast: isLast) || isLast {
            isDone = true
            scanner.finish(failure: tape.failure, into: sink)
        }
    }

    func finish(into sink: (ParsedItem) -> Void) {
        push([UInt8]().span, isLast: true, into: sink)
    }
}
