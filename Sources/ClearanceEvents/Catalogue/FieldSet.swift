/// A set of field numbers of one layout, as one bit each.
struct FieldSet: Sendable {
    private var words: InlineArray<4, UInt64> = [0, 0, 0, 0]

    init() {}

    /// The fields of a record that say something.
    init(of record: DataCursor) {
        var cursor = record
        while cursor.next() {
            if cursor.number == 0 { return }
            if cursor.hasValue { insert(cursor.number) }
        }
    }

    /// Takes a number in; false when it was there.
    @discardableResult
    mutating func insert(_ number: UInt16) -> Bool {
        let bit: UInt64 = 1 << UInt64(number & 63)
        let word = Int(number >> 6)
        guard words[word] & bit == 0 else { return false }
        words[word] |= bit
        return true
    }

    func contains(_ number: UInt16) -> Bool {
        words[Int(number >> 6)] & (1 << UInt64(number & 63)) != 0
    }

    func isSuperset(of other: FieldSet) -> Bool {
        for word in 0..<4 where other.words[word] & ~words[word] != 0 { return false }
        return true
    }
}
