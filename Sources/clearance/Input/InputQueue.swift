/// What is being read and what waits to be taken, in the order of the inputs. Pure bookkeeping:
/// who may go on is decided here, threads and files are ``InputPipeline``'s.
struct InputQueue<Portion: InputPortion>: Sendable {
    /// A place in the order: the input's number, and the piece of it.
    struct Spot: Sendable, Equatable {
        let file: Int
        let piece: Int
    }

    /// Something to do for a thread that reads.
    enum Task: Sendable {
        /// Open an input and read its first piece, or all of it.
        case open(Int)
        /// Read the next piece of an input that is read line by line.
        case read(Spot, InputCursor)
    }

    /// What the taker gets.
    enum Delivery: Sendable {
        /// Documents of an input, with the bytes that they were read from.
        case portion(Portion, file: Int, bytes: Int)
        /// Everything of this input was taken.
        case end(file: Int, InputEnd)
    }

    private struct Piece: Sendable {
        var portions: [(portion: Portion, bytes: Int)] = []
        var isEnded = false
    }

    private struct File: Sendable {
        var pieces: [Int: Piece] = [:]
        /// Pieces that somebody began.
        var begun = 1
        /// The place to read on from, while nobody reads and there is more.
        var cursor: InputCursor?
        /// Set when the last piece is begun: how the input ended.
        var end: InputEnd?
    }

    private let limits: InputLimits
    private let count: Int
    private var files: [Int: File] = [:]
    /// Files that are read line by line and are not at their end, in their order.
    private var divided: [Int] = []
    /// The next input that nobody began.
    private var next = 0
    /// What the taker waits for.
    private var head = Spot(file: 0, piece: 0)
    private var waitingBytes = 0
    /// Nobody wants anything any more.
    private(set) var isStopped = false

    /// The bytes that waited at most, for tests.
    private(set) var mostBytes = 0

    init(count: Int, limits: InputLimits) {
        self.count = count
        self.limits = limits
    }

    /// The next thing to read; nil while there is none. `.some(nil)` when nothing will come.
    mutating func begin() -> Task?? {
        if isStopped { return .some(nil) }
        for file in divided {
            guard let cursor = files[file]?.cursor, let piece = files[file]?.begun else { continue }
            let spot = Spot(file: file, piece: piece)
            guard spot == head || waitingBytes < limits.bytesInFlight else { return nil }
            files[file]?.cursor = nil
            files[file]?.begun += 1
            return .read(spot, cursor)
        }
        guard next < count else { return divided.isEmpty ? .some(nil) : nil }
        let mayOpen =
            next == head.file
            || (waitingBytes < limits.bytesInFlight && next - head.file < limits.filesInFlight)
        guard mayOpen else { return nil }
        files[next] = File()
        next += 1
        return .open(next - 1)
    }

    /// Adds a portion when there is room; nil while there is none, false when nobody wants it.
    ///
    /// What the taker waits for has always room, one portion at a time: so it never stands still.
    mutating func add(_ portion: Portion, at spot: Spot, bytes: Int) -> Bool? {
        if isStopped { return false }
        let waiting = files[spot.file]?.pieces[spot.piece]?.portions ?? []
        let isAwaited = spot == head && waiting.isEmpty
        guard waitingBytes < limits.bytesInFlight || isAwaited else { return nil }
        files[spot.file]?.pieces[spot.piece, default: Piece()].portions.append((portion, bytes))
        waitingBytes += portion.cost
        mostBytes = max(mostBytes, waitingBytes)
        return true
    }

    /// The file goes on behind the given piece, and another thread may read there.
    mutating func divide(_ file: Int, at cursor: InputCursor) {
        files[file]?.cursor = cursor
        if !divided.contains(file) {
            divided.append(file)
            divided.sort()
        }
    }

    /// No piece follows the ones that are begun. The first failure of an input is its end.
    mutating func end(_ file: Int, _ end: InputEnd) {
        divided.removeAll { $0 == file }
        files[file]?.cursor = nil
        if files[file]?.end?.isFailure != true { files[file]?.end = end }
    }

    /// Nothing more comes from this piece.
    mutating func end(_ spot: Spot) {
        files[spot.file]?.pieces[spot.piece, default: Piece()].isEnded = true
        advance()
    }

    /// What comes next in the order; nil while it is not there. `.some(nil)` after the last.
    mutating func take() -> Delivery?? {
        if isStopped || head.file == count { return .some(nil) }
        guard let file = files[head.file] else { return nil }
        if let (portion, bytes) = file.pieces[head.piece]?.portions.first {
            files[head.file]?.pieces[head.piece]?.portions.removeFirst()
            waitingBytes -= portion.cost
            defer { advance() }
            return .portion(portion, file: head.file, bytes: bytes)
        }
        guard head.piece == file.begun, let end = file.end else { return nil }
        files[head.file] = nil
        defer {
            head = Spot(file: head.file + 1, piece: 0)
            advance()
        }
        return .end(file: head.file, end)
    }

    /// Moves what the taker waits for behind pieces that are done with. Called wherever one may
    /// be, so that a change is never made by somebody who then waits without telling the others.
    private mutating func advance() {
        while let piece = files[head.file]?.pieces[head.piece], piece.isEnded,
            piece.portions.isEmpty
        {
            files[head.file]?.pieces[head.piece] = nil
            head = Spot(file: head.file, piece: head.piece + 1)
        }
    }

    /// Lets everybody go home.
    mutating func stop() { isStopped = true }
}

/// What was read of a file, byte for byte.
struct InputContent: Sendable, Equatable {
    /// SHA-256, in hexadecimal digits.
    let digest: String
    let bytes: Int
}

/// How the reading of one input ended.
enum InputEnd: Sendable {
    /// Read to its end; what it held, when it can be read again.
    case read(InputContent?)
    /// Not read, because all of it is in the ledger.
    case skipped(InputRecord)
    /// The machine did not let it be read.
    case failed(MachineFailure)

    var isFailure: Bool { if case .failed = self { true } else { false } }
}
