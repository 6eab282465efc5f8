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

/// The members of an event's `data` or of a record inside it.
///
/// Known fields stand in the order of their numbers, unknown ones behind them in the byte order of
/// their names; this order is the entry's and the printed one.
public struct DataRecord: Sendable, Equatable {
    /// One member: field number 0 for a name that the layout does not know.
    public struct Member: Sendable, Equatable {
        public let number: UInt16
        public let name: String
        public var value: DataValue
    }

    public let layout: RecordLayout
    public private(set) var members: [Member] = []

    /// An empty record.
    public init(_ layout: RecordLayout) { self.layout = layout }

    public static func == (left: DataRecord, right: DataRecord) -> Bool {
        left.layout === right.layout && left.members == right.members
    }

    /// Makes room for so many members.
    public mutating func reserve(_ count: Int) { members.reserveCapacity(count) }

    /// The value of a member; setting nil removes it. Cost: O(log members) for a known name.
    public subscript(name: String) -> DataValue? {
        get { index(of: name).map { members[$0].value } }
        set {
            if let index = index(of: name) {
                if let newValue {
                    members[index].value = newValue
                } else {
                    members.remove(at: index)
                }
            } else if let newValue {
                insert(newValue, name: name)
            }
        }
    }

    /// The text of a known field by its number; nil when it is absent, of another kind, or 0.
    func text(number: UInt16) -> String? {
        guard number != 0, let index = index(number: number) else { return nil }
        switch members[index].value {
        case .text(let text), .number(let text): return text
        default: return nil
        }
    }

    /// Whether a known field says something: an empty text, an empty list and null do not.
    func has(_ number: UInt16) -> Bool {
        guard let index = index(number: number) else { return false }
        return switch members[index].value {
        case .null: false
        case .text(let text): !text.isEmpty
        case .list(let items): !items.isEmpty
        default: true
        }
    }

    private func index(of name: String) -> Int? {
        guard let number = layout.number(of: name) else {
            return members.firstIndex { $0.number == 0 && $0.name == name }
        }
        return index(number: number)
    }

    /// Members stand in the order of their numbers, those without one last.
    private func index(number: UInt16) -> Int? {
        var low = 0
        var high = members.count
        while low < high {
            let middle = (low + high) / 2
            let found = members[middle].number
            if found == number { return middle }
            if found != 0 && found < number { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    /// The text of a text or number member; nil when it is absent or of another kind.
    public func text(_ name: String) -> String? {
        switch self[name] {
        case .text(let text), .number(let text): text
        default: nil
        }
    }

    /// Adds a member that is not there yet; false when the name stands already.
    public mutating func add(_ value: DataValue, name: String) -> Bool {
        if let number = layout.number(of: name) { return add(value, number: number) }
        guard index(of: name) == nil else { return false }
        insert(value, name: name)
        return true
    }

    /// Adds a known field that is not there yet; false when it stands already.
    ///
    /// Traps for a number that the layout does not have. Cost: O(1) in the layout's order.
    public mutating func add(_ value: DataValue, number: UInt16) -> Bool {
        let new = Member(number: number, name: layout.name(number), value: value)
        // Documents mostly come in the layout's order: look for the place from the end.
        var index = members.count
        while index > 0 {
            let before = members[index - 1].number
            if before == number { return false }
            if before != 0 && before < number { break }
            index -= 1
        }
        if index == members.count { members.append(new) } else { members.insert(new, at: index) }
        return true
    }

    /// Sets a text member when the text is not nil.
    public mutating func set(_ name: String, _ text: String?) {
        if let text { self[name] = .text(text) }
    }

    mutating func insert(_ value: DataValue, name: String) {
        if let number = layout.number(of: name) {
            _ = add(value, number: number)
            return
        }
        let new = Member(number: 0, name: name, value: value)
        var index = members.count
        while index > 0, members[index - 1].number == 0,
            name.utf8.lexicographicallyPrecedes(members[index - 1].name.utf8)
        { index -= 1 }
        members.insert(new, at: index)
    }
}

extension DataRecord {
    /// How many records and lists stand inside each other, this one included.
    var levels: Int {
        var most = 0
        for member in members { most = max(most, member.value.levels) }
        return most + 1
    }
}

extension DataValue {
    var levels: Int {
        switch self {
        case .record(let record): return record.levels
        case .list(let items):
            var most = 0
            for item in items { most = max(most, item.levels) }
            return most + 1
        default: return 0
        }
    }
}
