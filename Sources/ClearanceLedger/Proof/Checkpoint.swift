public import ClearanceStore

/// What a log says of itself at one moment: how long it is, and the root over all of it.
///
/// The note text of a C2SP tlog-checkpoint. It means nothing without its signatures.
public struct Checkpoint: Sendable, Hashable {
    /// Which log; a name of the log's own choosing.
    public let origin: String
    /// How many leaves: the position of the last entry.
    public let size: UInt64
    /// The root of the tree over them.
    public let root: Hash256
    /// Further lines, which this ledger neither writes nor reads.
    public let extensions: [String]

    /// A checkpoint; traps when the origin cannot stand in a note.
    public init(origin: String, size: UInt64, root: Hash256) {
        precondition(Checkpoint.isOrigin(origin), "an origin that can stand in a note")
        self.origin = origin
        self.size = size
        self.root = root
        extensions = []
    }

    /// The checkpoint that a note's text is; nil when it is none.
    public init?(text: String) {
        let lines = text.utf8.split(separator: 10, omittingEmptySubsequences: false)
        guard lines.count >= 4, lines.last?.isEmpty == true, let origin = String(lines[0]),
            let size = UInt64(decimal: lines[1]), let root = Hash256(base64: Array(lines[2]))
        else { return nil }
        let rest = lines[3...].dropLast()
        guard Checkpoint.isOrigin(origin), rest.allSatisfy({ !$0.isEmpty }) else { return nil }
        self.origin = origin
        self.size = size
        self.root = root
        extensions = rest.map { String(Substring($0)) }
    }

    /// Origin, size and root, a line each, and the extensions.
    public var text: String {
        ([origin, String(size), root.base64] + extensions).map { $0 + "\n" }.joined()
    }

    /// Whether a text can be the first line of a checkpoint: not empty, no control character.
    public static func isOrigin(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 1_024 && text.utf8.allSatisfy { $0 >= 0x20 }
    }
}

/// A checkpoint with the note that carries it.
public struct SignedCheckpoint: Sendable, Hashable {
    /// What it says.
    public let checkpoint: Checkpoint
    /// The signed note.
    public let note: SignedNote

    /// The checkpoint of a note; nil when its text is none.
    public init?(_ note: SignedNote) {
        guard let checkpoint = Checkpoint(text: note.text) else { return nil }
        self.checkpoint = checkpoint
        self.note = note
    }

    /// The checkpoint of a file's or record's bytes; nil when they are none.
    public init?(_ bytes: [UInt8]) {
        guard let note = SignedNote(bytes) else { return nil }
        self.init(note)
    }
}

extension UInt64 {
    /// The number of decimal digits in their one form: no sign, no leading zero, below 2⁶³.
    init?(decimal digits: some Collection<UInt8>) {
        guard let first = digits.first, digits.count <= 19,
            digits.count == 1 || first != UInt8(ascii: "0")
        else { return nil }
        var number: UInt64 = 0
        for digit in digits {
            guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
            number = number * 10 + UInt64(digit - UInt8(ascii: "0"))
        }
        guard number < 1 << 63 else { return nil }
        self = number
    }
}

extension Hash256 {
    /// The hash of 44 base64 digits; nil when they are no hash.
    init?(base64 digits: some RandomAccessCollection<UInt8>) {
        guard let bytes = Base64.bytes(digits), let hash = Hash256(bytes.span) else { return nil }
        self = hash
    }

    /// The hash as 44 base64 digits.
    public var base64: String { Base64.text(bytes) }
}
