internal import ClearanceEvents

/// Reads one envelope of customs' data exchange from pieces of any size.
final class DXPReader {
    private let scanner: DXPScanner
    private let stream: XMLStream
    private var isDone = false

    /// Bytes that are parsed before what came of them is handed on.
    private static let sliceBytes = 256 << 10

    init(file: String, profile: EventProfile, depth: CheckDepth) {
        scanner = DXPScanner(file: file, profile: profile, depth: depth)
        stream = XMLStream(scanner: scanner)
    }

    func push(_ bytes: Span<UInt8>, isLast: Bool = false, into sink: (ParsedItem) -> Void) {
        var start = 0
        repeat {
            if isDone { return }
            let end = min(bytes.count, start + DXPReader.sliceBytes)
            let piece = bytes.extracting(start..<end)
            start = end
            if !stream.push(piece, isLast: isLast && end == bytes.count),
                let failure = stream.failure
            {
                isDone = true
                scanner.finish(failure)
            }
            for item in scanner.take() { sink(item) }
        } while start < bytes.count
        if isLast { isDone = true }
    }

    func finish(into sink: (ParsedItem) -> Void) {
        push([UInt8]().span, isLast: true, into: sink)
    }
}
