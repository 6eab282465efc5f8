import ClearanceStore

/// The file `log/epochs`: which epochs the log has, where each lies and which one is written.
///
/// Text, replaced whole. Source: `specs/epochs.md`, the manifest.
struct EpochManifest: Sendable, Equatable {
    static let name = "epochs"
    private static let heading = "clearance-ledger epochs 2"
    /// A line has at most a path of 4,096 bytes: room for some two hundred epochs and many more
    /// with usual paths.
    private static let byteLimit = 1 << 20

    /// What may be done with an epoch.
    enum State: String, Sendable {
        /// The last one: appends go here.
        case live
        /// Full or ended: read only, not yet rewritten.
        case full
        /// Rewritten, write-protected, with a closing record.
        case closed
    }

    /// One epoch.
    struct Line: Sendable, Equatable {
        let number: Int
        let first: UInt64
        var state: State
        /// The position of its last entry; nil while it is live.
        var last: UInt64?
        /// Its directory, from `log/` on unless absolute.
        var path: String

        /// Its directory, for a log that lies there.
        func directory(of log: String) -> String {
            path.hasPrefix("/") ? path : log + "/" + path
        }
    }

    /// The level at which the ledger was last opened to write.
    var durability: Durability
    /// In the order of their numbers; the last one is live.
    var lines: [Line]

    /// The directory of an epoch that was not moved, from `log/` on.
    static func path(_ number: Int) -> String {
        let digits = String(number)
        return "epoch-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }

    /// Reads the manifest of a log.
    init(directory: String) throws(LedgerError) {
        let path = directory + "/" + EpochManifest.name
        let bytes = try storing { () throws(StoreError) in
            guard try Files.isThere(path) else {
                // Format 1 was one environment in `log/` itself, and was never released.
                let code: StoreError.Code =
                    Files.exists(directory + "/data.mdb") ? .formatMismatch : .notFound
                throw StoreError(code, "open a log without epochs", path: directory)
            }
            return try Files.read(path, limit: EpochManifest.byteLimit)
        }
        try self.init(parsing: bytes)
    }

    /// A manifest of its bytes: heading, level, epochs, and the sum of everything before it.
    init(parsing bytes: [UInt8]) throws(LedgerError) {
        guard bytes.prefix(while: { $0 != 10 }).elementsEqual(EpochManifest.heading.utf8) else {
            throw LedgerError(StoreError(.formatMismatch, "read a list of epochs"))
        }
        guard var lines = SummedLines.lines(of: bytes, EpochManifest.heading),
            let level = lines.popFirst(), level.hasPrefix("durability "),
            let durability = Durability(rawValue: String(level.dropFirst(11)))
        else { throw LedgerError(.damaged, "the list of epochs is not what was written") }
        self.durability = durability
        self.lines = []
        for line in lines { self.lines.append(try Line(line)) }
        try check()
    }

    init(durability: Durability, lines: [Line]) {
        self.durability = durability
        self.lines = lines
    }

    /// The bytes of the file.
    var bytes: [UInt8] {
        SummedLines.bytes(
            EpochManifest.heading, ["durability \(durability.rawValue)"] + lines.map(\.text))
    }

    /// Replaces the manifest of a log.
    func write(to directory: String) throws(StoreError) {
        let (bytes, path) = (bytes, directory + "/" + EpochManifest.name)
        // What could not be read again is not written.
        guard bytes.count <= EpochManifest.byteLimit else {
            throw StoreError(.tooLarge, "list the epochs of a log", path: path)
        }
        try Files.writeAtomically(path, bytes.span)
    }

    /// Whether an epoch of these lines is what stands under a name, or lies below it: then it is
    /// never removed, whatever form the path in its line has.
    static func names(
        _ place: String, _ lines: [Line], log: String
    ) throws(StoreError) -> Bool {
        // No epoch is a file, and a link alone is none either.
        guard Files.isDirectory(place) else { return false }
        for line in lines where try Files.isInside(line.directory(of: log), place) { return true }
        return false
    }

    /// Numbers and positions without gaps, and exactly the last epoch live.
    private func check() throws(LedgerError) {
        var next: UInt64 = 1
        for (index, line) in lines.enumerated() {
            let isLast = index == lines.count - 1
            guard line.number == index + 1, line.first == next, (line.state == .live) == isLast,
                (line.last == nil) == isLast,
                line.last.map({ $0 >= line.first && $0 < .max }) ?? true
            else { throw LedgerError(.damaged, "the list of epochs has a gap at \(index + 1)") }
            next = (line.last ?? line.first) + 1
        }
        guard !lines.isEmpty else { throw LedgerError(.damaged, "the list of epochs is empty") }
    }
}

extension EpochManifest.Line {
    init(_ line: Substring) throws(LedgerError) {
        let parts = line.split(separator: " ", maxSplits: 4, omittingEmptySubsequences: false)
        guard parts.count == 5, let number = Int(parts[0]), let first = UInt64(parts[1]),
            let state = EpochManifest.State(rawValue: String(parts[2])),
            parts[3] == "-" || UInt64(parts[3]) != nil, !parts[4].isEmpty
        else { throw LedgerError(.damaged, "the list of epochs has a line that is no epoch") }
        self.init(
            number: number, first: first, state: state, last: UInt64(parts[3]),
            path: String(parts[4]))
    }

    fileprivate var text: String {
        "\(number) \(first) \(state.rawValue) \(last.map { "\($0)" } ?? "-") \(path)"
    }
}
