/// A fixed set of words, numbered from 1, that answers by bytes lent to it.
///
/// Why not a `Dictionary`: names and codes are looked up many times an event, and a text that
/// must be made and hashed under a random seed first costs more than everything else about it.
/// Cost: two loads of eight bytes, one multiplication, and one comparison for nearly every word.
public struct WordTable: Sendable {
    /// The first and the last bytes of a word and its length, which say it whole up to sixteen
    /// bytes: eight at each end, of a shorter word four, of the shortest every one.
    private struct Ends: Sendable, Equatable {
        var first: UInt64
        var last: UInt64
        var count: Int
    }

    /// All words behind each other; the word `n` lies at `starts[n - 1]..<starts[n]`.
    private var bytes: [UInt8] = []
    private var starts: [Int] = [0]
    /// The ends of the word `n` at `n - 1`: names that come in their order lie side by side.
    private var ends: [Ends] = []
    /// Numbers of words at their hash or behind it; 0 is a free slot. At most half are taken.
    private var slots: [UInt16]
    private let shift: UInt64

    /// A table of different, not empty words, in the order of their numbers.
    ///
    /// Traps for more than 30,000 words, an empty one, or one that stands twice.
    public init(_ words: [String]) {
        precondition(words.count <= 30_000, "a table of few words")
        var bits: UInt64 = 1
        while 1 << bits < 2 * words.count { bits += 1 }
        shift = 64 - bits
        slots = Array(repeating: 0, count: 1 << Int(bits))
        for (index, word) in words.enumerated() {
            let span = word.utf8Span.span
            precondition(!span.isEmpty && number(of: span) == 0, "\(word) stands once")
            bytes.append(copying: span)
            starts.append(bytes.count)
            let ends = WordTable.ends(of: span)
            self.ends.append(ends)
            var place = place(of: ends)
            while slots[place] != 0 { place = (place + 1) & (slots.count - 1) }
            slots[place] = UInt16(index + 1)
        }
    }

    /// The words of a text, parted by blanks and line feeds.
    init(listed text: String) {
        self.init(text.split { $0 == " " || $0 == "\n" }.map(String.init))
    }

    /// The number of the word with these bytes; 0 when it is none of the table's.
    public func number(of word: Span<UInt8>) -> UInt16 {
        guard !word.isEmpty else { return 0 }
        let ends = WordTable.ends(of: word)
        var place = place(of: ends)
        while true {
            let number = Int(slots[place])
            if number == 0 { return 0 }
            if self.ends[number - 1] == ends, ends.count <= 16 || isEqual(word, to: number) {
                return UInt16(number)
            }
            place = (place + 1) & (slots.count - 1)
        }
    }

    /// The number of the word; 0 when it is none of the table's.
    public func number(of word: String) -> UInt16 { number(of: word.utf8Span.span) }

    /// Whether the word is one of the table's.
    func contains(_ word: String) -> Bool { number(of: word) != 0 }

    private func isEqual(_ word: Span<UInt8>, to number: Int) -> Bool {
        let start = starts[number - 1]
        for index in word.indices where bytes[start + index] != word[index] { return false }
        return true
    }

    @inline(__always)
    private static func ends(of word: Span<UInt8>) -> Ends {
        let count = word.count
        if count >= 8 {
            return Ends(
                first: eight(word, at: 0), last: eight(word, at: count - 8), count: count)
        }
        // Fewer than eight are two runs of four that overlap, fewer than four three single bytes.
        if count >= 4 {
            let last = four(word, at: count - 4)
            return Ends(first: four(word, at: 0), last: last, count: count)
        }
        let first =
            UInt64(word[0]) | UInt64(word[count / 2]) << 8 | UInt64(word[count - 1]) << 16
        return Ends(first: first, last: 0, count: count)
    }

    /// Four bytes of one run are a single load.
    @inline(__always)
    private static func four(_ word: Span<UInt8>, at start: Int) -> UInt64 {
        let run = word.extracting(start..<(start + 4))
        var value: UInt64 = 0
        for index in 0..<4 { value |= UInt64(run[index]) << UInt64(8 * index) }
        return value
    }

    /// Eight bytes of one run are a single load.
    @inline(__always)
    private static func eight(_ word: Span<UInt8>, at start: Int) -> UInt64 {
        let run = word.extracting(start..<(start + 8))
        var value: UInt64 = 0
        for index in 0..<8 { value |= UInt64(run[index]) << UInt64(8 * index) }
        return value
    }

    @inline(__always)
    private func place(of ends: Ends) -> Int {
        let turned = ends.last << 32 | ends.last >> 32
        let mixed = (ends.first ^ turned ^ UInt64(ends.count)) &* 0x9E37_79B9_7F4A_7C15
        return Int(mixed >> shift)
    }
}
