import ClearanceStore

/// What was decided when the ledger was made and holds for its whole life: the file `config`.
///
/// Text, one setting a line: a name, a space, a value; then the sum over these lines and the file
/// `origin`, so that no bit of either can change unseen. Source: `specs/log.md`, on disk.
public struct LedgerConfig: Sendable, Equatable {
    /// The setting that names the references of conditions, with a space between two.
    static let conditionalReferences = "conditional-references"

    private static let heading = "clearance-ledger config 1"
    private static let byteLimit = 1 << 20

    /// The settings in the order of the file.
    private(set) var settings: [Setting] = []

    /// One line.
    struct Setting: Sendable, Equatable {
        let name: String
        let value: String
    }

    init() {}

    /// The value of a setting; nil when it was not decided.
    public subscript(name: String) -> String? {
        settings.first { $0.name == name }?.value
    }

    /// Decides a setting. Traps on a name with a space or a value with a line feed: a programmer
    /// chose them.
    mutating func set(_ name: String, _ value: String) {
        precondition(
            !name.isEmpty && !name.contains(" ") && !(name + value).contains("\n"),
            "a setting is one line")
        settings.removeAll { $0.name == name }
        settings.append(Setting(name: name, value: value))
    }

    /// Reads the file of a ledger. Throws `damaged` when it, or `origin`, is not what was written.
    init(directory: String) throws(LedgerError) {
        let path = directory + "/config"
        let bytes = try storing { () throws(StoreError) in
            try Files.read(path, limit: LedgerConfig.byteLimit)
        }
        let origin = try storing { () throws(StoreError) in
            try Files.read(directory + "/origin", limit: LedgerConfig.byteLimit)
        }
        guard
            let lines = SummedLines.lines(of: bytes, LedgerConfig.heading, beside: origin)
        else { throw LedgerError(.damaged, "config or origin is not what was written") }
        for line in lines {
            guard let space = line.firstIndex(of: " "), space > line.startIndex else {
                throw LedgerError(.damaged, "config has a line that is no setting")
            }
            settings.append(
                Setting(
                    name: String(line[..<space]), value: String(line[line.index(after: space)...])))
        }
    }

    /// Writes the file whole, beside the file `origin` of these bytes.
    func write(to directory: String, origin: [UInt8]) throws(StoreError) {
        let whole = SummedLines.bytes(
            LedgerConfig.heading, settings.map { "\($0.name) \($0.value)" }, beside: origin)
        try Files.writeAtomically(directory + "/config", whole.span)
    }
}
