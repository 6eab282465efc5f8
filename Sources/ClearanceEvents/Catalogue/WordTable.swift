/// A fixed set of words, numbered from 1, that answers by bytes lent to it.
///
/// Why not a `Dictionary`: names and codes are looked up many times an event, and a text that
/// must be made and hashed under a random seed first costs more than everything else about it.
/// Cost: one multiplication, and one comparison for nearly every word.
public struct WordTable: Sendable {
    /// All words behind each other; the word `n` lies at `starts[n - 1]..<starts[n]`.
    private var bytes: [UInt8] = []
    private var starts: [Int] = [0]
    /// Numbers of words at their hash or behind it; 0 is a free slot. At most half are taken.
    private var slots: [UInt16]
    private let shift: UInt32

    /// A table of different, not empty words, in the order of their numbers.
    ///
    /// Traps for more than 30,000 words, an empty one, or one that stands twice.
    public init(_ words: [String]) {
        precondition(words.count <= 30_000, "a table of few words")
        var bits: UInt32 = 1
        while 1 << bits < 2 * words.count { bits += 1 }
        shift = 32 - bits
        slots = Array(repeating: 0, count: 1 << Int(bits))
        for (index, word) in words.enumerated() {
            let span = word.utf8Span.span
            precondition(!span.isEmpty && number(of: span) == 0, "\(word) stands once")
            bytes.append(copying: span)
            starts.append(bytes.count)
            var slot = place(of: span)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt16(index + 1)
        }
    }

    /// The words of a text, parted by blanks and line feeds.
    init(listed text: String) {
        self.init(text.split { $0 == " " || $0 == "\n" }.map(String.init))
    }

    /// The number of the word with these bytes; 0 when it is none of the table's.
    public func number(of word: Span<UInt8>) -> UInt16 {
        guard !word.isEmpty else { return 0 }
        var slot = place(of: word)
        while slots[slot] != 0 {
            if isEqual(word, to: Int(slots[slot])) { return slots[slot] }
            slot = (slot + 1) & (slots.count - 1)
        }
        return 0
    }

    /// The number of the word; 0 when it is none of the table's.
    public func number(of word: String) -> UInt16 { number(of: word.utf8Span.span) }

    /// Whether the word is one of the table's.
    func contains(_ word: String) -> Bool { number(of: word) != 0 }

    private func isEqual(_ word: Span<UInt8>, to number: Int) -> Bool {
        let start = starts[number - 1]
        guard starts[number] - start == word.count else { return false }
        for index in word.indices where bytes[start + index] != word[index] { return false }
        return true
    }

    /// Four bytes spread over the word and its length tell the words of one table apart.
    private func place(of word: Span<UInt8>) -> Int {
        let count = word.count
        let spread =
            UInt32(word[0]) | UInt32(word[count / 4]) << 8 | UInt32(word[count / 2]) << 16
            | UInt32(word[count - 1]) << 24
        let mixed = (spread ^ UInt32(truncatingIfNeeded: count)) &* 0x9E37_79B1
        return Int(mixed >> shift)
    }
}
