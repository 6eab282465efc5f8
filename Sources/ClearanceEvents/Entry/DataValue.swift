/// A value of an event's `data`, as given.
public enum DataValue: Sendable, Equatable {
    case text(String)
    /// A JSON number, its digits as given.
    case number(String)
    case bool(Bool)
    case null
    case record(DataRecord)
    case list([DataValue])
}

/// What a value of a record is; the raw values are the wire types of `specs/encoding.md`.
public enum DataKind: UInt8, Sendable, BitwiseCopyable {
    case text = 0
    /// A JSON number, its digits as given.
    case number = 1
    case no = 2
    case yes = 3
    case null = 4
    case record = 5
    case list = 6

    /// Whether the value is a text or a number, so that bytes belong to it.
    @inlinable public var isText: Bool {
        @inline(__always) get { rawValue <= 1 }
    }

    /// Whether the value is a record or a list, so that it holds other values.
    @inlinable public var isContainer: Bool {
        @inline(__always) get { rawValue >= 5 }
    }
}

/// One value of a record that lies flat: where its name and text lie, and how many slots its
/// whole subtree takes, so that a walk steps over it at once.
///
/// The name of an unknown member stands in the arena right before the text; a known one has no
/// name there. Sizes are relative, so that a subtree is copied without being changed.
struct DataSlot: BitwiseCopyable, Sendable {
    /// The field number; 0 for an unknown member, an item of a list.
    var number: UInt16 = 0
    var kind: DataKind
    /// The slots of the value and of all that it holds.
    var size: UInt32 = 1
    /// Where the name, or without a name the text, begins in the arena.
    var offset: UInt32 = 0
    /// The bytes of the name.
    var nameCount: UInt32 = 0
    /// The bytes of the text; of a container the number of members or items.
    var count: UInt32 = 0

    /// Where name and text lie in the arena.
    var range: Range<Int> {
        let start = Int(offset)
        return start..<(start + Int(nameCount) + (kind.isText ? Int(count) : 0))
    }

    /// Whether two slots say the same, wherever their bytes lie.
    func isLike(_ other: DataSlot) -> Bool {
        number == other.number && kind == other.kind && size == other.size
            && nameCount == other.nameCount && count == other.count
    }
}
