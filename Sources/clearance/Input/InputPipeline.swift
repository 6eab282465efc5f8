import ClearanceInterchange
import Dispatch
import Foundation

/// Reads many inputs at once and hands out what they say strictly in the order of the inputs.
///
/// A few threads read and parse; who takes waits for the next portion in order. A large file that
/// is read line by line is cut behind line feeds, so that several threads help with it; any other
/// file is one thread's. When the taker is slow, the threads wait (``InputLimits``).
final class InputPipeline<Maker: PortionMaker>: Sendable {
    typealias Queue = InputQueue<Maker.Portion>

    private let inputs: [InputFiles.Input]
    private let reading: Reading
    let limits: InputLimits
    private let known: @Sendable (InputFiles.Input) throws -> InputRecord?
    let maker: @Sendable () -> Maker
    let gate: Gate<Queue>
    private let threads = DispatchGroup()

    /// A parser's recursion and simdjson's buffers stay far below.
    private static var stackBytes: Int { 8 << 20 }

    /// Starts reading on `jobs` threads.
    ///
    /// - Parameters:
    ///   - known: the record of an input that need not be read; asked on the reading threads.
    ///   - maker: makes what turns the documents of one piece into portions.
    init(
        _ files: InputFiles, reading: Reading, jobs: Int, limits: InputLimits = InputLimits(),
        known: @escaping @Sendable (InputFiles.Input) throws -> InputRecord? = { _ in nil },
        maker: @escaping @Sendable () -> Maker
    ) {
        inputs = files.inputs
        self.reading = reading
        self.limits = limits
        self.known = known
        self.maker = maker
        gate = Gate(Queue(count: files.inputs.count, limits: limits))
        for _ in 0..<max(1, jobs) {
            threads.enter()
            let thread = Thread { [self] in
                work()
                threads.leave()
            }
            thread.stackSize = Self.stackBytes
            thread.start()
        }
    }

    /// What comes next; nil after the last, and after ``stop()``.
    func take() -> Queue.Delivery? { gate.wait { $0.take() } }

    /// What comes next when it is there already; nil while it is not. `.some(nil)` after the last.
    func takeReady() -> Queue.Delivery?? {
        gate.change { $0.take() }
    }

    /// Ends reading: nothing more is handed out. May be called from any thread, at any time.
    func stop() { gate.change { $0.stop() } }

    /// Waits for the threads, but not for one that hangs in an input that gives nothing.
    ///
    /// False when one still runs.
    func join(seconds: Double) -> Bool { threads.wait(timeout: .now() + seconds) == .success }

    /// The bytes that waited at most.
    var mostBytes: Int { gate.change { $0.mostBytes } }

    private func work() {
        while let task = gate.wait({ $0.begin() }) {
            switch task {
            case .open(let file): open(file)
            case .read(let spot, let cursor): read(spot, cursor)
            }
        }
    }

    /// Reads the first piece of an input; the rest too, unless others can help with it.
    private func open(_ file: Int) {
        let spot = Queue.Spot(file: file, piece: 0)
        let input = inputs[file]
        do {
            if let record = try known(input) { return end(spot, .skipped(record)) }
            var cursor = try InputCursor(input, pieceBytes: limits.pieceBytes)
            let step = Step(self, spot, reading.reader(of: input.path))
            let first = try cursor.next()
            if let first { step.push(first.bytes, isLast: !first.hasMore) }
            if let first, first.hasMore, first.isWhole, step.reader.isLineByLine {
                step.finish()
                cursor.pass(first)
                let rest = cursor
                gate.change {
                    $0.divide(file, at: rest)
                    $0.end(spot)
                }
            } else {
                try readRest(&cursor, step)
            }
        } catch {
            end(spot, .failed(MachineFailure.of(input.path, error)))
        }
    }

    /// Reads one piece of a file that is read line by line.
    private func read(_ spot: Queue.Spot, _ given: InputCursor) {
        var cursor = given
        let path = inputs[spot.file].path
        do {
            guard let piece = try cursor.nextLines() else {
                return end(spot, .read(content(cursor, spot.file)))
            }
            let step = Step(self, spot, reading.reader(of: path, continuing: piece.before))
            if piece.hasMore && piece.isWhole {
                let rest = cursor
                gate.change { $0.divide(spot.file, at: rest) }
                step.push(piece.bytes, isLast: !piece.hasMore)
                step.finish()
                gate.change { $0.end(spot) }
            } else {
                // The last piece, or a line longer than a piece, behind which nobody can help.
                step.push(piece.bytes, isLast: !piece.hasMore)
                try readRest(&cursor, step)
            }
        } catch {
            end(spot, .failed(MachineFailure.of(path, error)))
        }
    }

    /// Reads to the end of the input, one piece after the other.
    private func readRest(_ cursor: inout InputCursor, _ step: Step) throws {
        while !step.isUnwanted, let piece = try cursor.next() {
            step.push(piece.bytes, isLast: !piece.hasMore)
        }
        step.finish()
        end(step.spot, .read(content(cursor, step.spot.file)))
    }

    private func content(_ cursor: InputCursor, _ file: Int) -> InputContent? {
        inputs[file].isRegular ? InputContent(digest: cursor.digest, bytes: cursor.bytes) : nil
    }

    private func end(_ spot: Queue.Spot, _ how: InputEnd) {
        gate.change {
            $0.end(spot.file, how)
            $0.end(spot)
        }
    }
}
