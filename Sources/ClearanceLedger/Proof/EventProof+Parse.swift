import ClearanceStore

/// Why bytes are no proof file.
public struct ProofFormatError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The line that is not as it must be, from 1; 0 for the file as a whole.
    public let line: Int
    /// What was expected there.
    public let expected: String

    public var description: String {
        line == 0 ? "expected \(expected)" : "line \(line): expected \(expected)"
    }
}

extension EventProof {
    /// The proof that a file's bytes are.
    ///
    /// Throws for anything that breaks a rule of the form (F1 to F7), with its line; never traps.
    public init(_ bytes: [UInt8]) throws(ProofFormatError) {
        guard bytes.count <= ProofLimits.fileBytes else {
            throw ProofFormatError(
                line: 0, expected: "at most \(ProofLimits.fileBytes) bytes")
        }
        var lines = ProofLines(bytes)
        guard lines.next()?.elementsEqual(EventProof.head.utf8) == true else {
            throw lines.fault("\(EventProof.head)")
        }
        let count = try lines.number("events", 1...ProofLimits.events)
        let hashCount = try lines.number("hashes", 0...(ProofLimits.events * ProofLimits.path))
        var hashes: [Hash256] = []
        while hashes.count < hashCount {
            guard let line = lines.next(), let hash = Hash256(base64: line) else {
                throw lines.fault("a hash of 32 bytes in base64")
            }
            hashes.append(hash)
        }
        var items: [Item] = []
        var used = 0
        while items.count < count {
            let item = try lines.item(used: &used)
            guard used <= hashes.count else { throw lines.fault("a number below \(hashCount)") }
            if let last = items.last, last.index >= item.index {
                throw lines.fault("entries in the order of the log")
            }
            items.append(item)
        }
        guard used == hashes.count else { throw lines.fault("all hashes used") }
        guard lines.next()?.isEmpty == true else { throw lines.fault("an empty line") }
        self.init(hashes: hashes, items: items, note: Array(lines.rest))
    }
}

/// The lines of a proof file, one after another.
private struct ProofLines {
    private let bytes: [UInt8]
    private var start = 0
    private var count = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// What was not read yet.
    var rest: ArraySlice<UInt8> { bytes[start...] }

    /// The next line without its line feed; nil when none is whole.
    mutating func next() -> ArraySlice<UInt8>? {
        count += 1
        guard let end = bytes[start...].firstIndex(of: 10) else { return nil }
        defer { start = end + 1 }
        return bytes[start..<end]
    }

    /// The fault of the line that was read last.
    func fault(_ expected: String) -> ProofFormatError {
        ProofFormatError(line: count, expected: expected)
    }

    /// What stands behind a word and a space on the next line.
    private mutating func value(_ word: String) throws(ProofFormatError) -> ArraySlice<UInt8> {
        let prefix = Array(word.utf8) + [0x20]
        guard let line = next(), line.starts(with: prefix) else { throw fault(word) }
        return line.dropFirst(prefix.count)
    }

    /// The number behind a word.
    mutating func number(
        _ word: String, _ range: ClosedRange<Int>
    ) throws(ProofFormatError) -> Int {
        guard let number = UInt64(decimal: try value(word)), number <= UInt64(range.upperBound),
            number >= UInt64(range.lowerBound)
        else { throw fault("\(word) \(range.lowerBound) to \(range.upperBound)") }
        return Int(number)
    }

    /// The three lines of an entry. `used` counts the hashes that were named so far.
    mutating func item(used: inout Int) throws(ProofFormatError) -> EventProof.Item {
        guard let index = UInt64(decimal: try value("index")), index < 1 << 63 - 1 else {
            throw fault("index and a number")
        }
        guard let entry = Base64.bytes(try value("entry")), (1...65_535).contains(entry.count)
        else { throw fault("an entry of 1 to 65,535 bytes in base64") }
        guard let line = next(), line.starts(with: "path".utf8) else { throw fault("path") }
        let words = line.split(separator: 0x20, omittingEmptySubsequences: false)
        guard words[0].count == 4, words.count - 1 <= ProofLimits.path else {
            throw fault("path and at most \(ProofLimits.path) numbers")
        }
        var path: [Int] = []
        for word in words.dropFirst() {
            guard let number = UInt64(decimal: word), number <= UInt64(used) else {
                throw fault("a number, new ones in their order")
            }
            if number == UInt64(used) { used += 1 }
            path.append(Int(number))
        }
        return EventProof.Item(index: index, entry: entry, path: path)
    }
}
