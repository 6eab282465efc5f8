public import ClearanceStore

/// One file that proves, without the ledger, that entries stand in a log: the entries, their paths
/// and the signed checkpoint that the paths lead to (`specs/proofs.md`, the proof file).
///
/// Reading one trusts nothing; ``check(_:)`` says what it proves.
public struct EventProof: Sendable, Hashable {
    /// One entry and its way to the root.
    public struct Item: Sendable, Hashable {
        /// The leaf: position − 1.
        public let index: UInt64
        /// The entry, byte for byte as it was hashed.
        public let entry: [UInt8]
        /// Numbers of ``EventProof/hashes``, from the leaf's sibling to the root's child.
        public let path: [Int]

        /// Where the entry stands in its log.
        public var position: UInt64 { index + 1 }
    }

    /// The hashes of all paths, each once, in the order in which they are first used.
    public let hashes: [Hash256]
    /// In the order of the log.
    public let items: [Item]
    /// What stands where the checkpoint belongs, byte for byte.
    public let note: [UInt8]

    init(hashes: [Hash256], items: [Item], note: [UInt8]) {
        self.hashes = hashes
        self.items = items
        self.note = note
    }

    /// The file's bytes.
    public var bytes: [UInt8] {
        var bytes = Array("\(EventProof.head)\nevents \(items.count)\n".utf8)
        bytes += "hashes \(hashes.count)\n".utf8
        for hash in hashes {
            Base64.append(hash.bytes, to: &bytes)
            bytes.append(10)
        }
        for item in items {
            bytes += "index \(item.index)\nentry ".utf8
            Base64.append(item.entry, to: &bytes)
            bytes += "\npath".utf8
            for number in item.path { bytes += " \(number)".utf8 }
            bytes.append(10)
        }
        bytes.append(10)
        return bytes + note
    }

    /// The first line of every proof file.
    static let head = "clearance-proof v1"
}

/// Gathers the paths of a proof, each hash once.
struct EventProofBuilder {
    private var hashes: [Hash256] = []
    private var numbers: [Hash256: Int] = [:]
    private var items: [EventProof.Item] = []

    /// Adds an entry; entries come in the order of the log.
    mutating func add(index: UInt64, entry: [UInt8], path: [Hash256]) {
        let path = path.map { hash in
            if let number = numbers[hash] { return number }
            numbers[hash] = hashes.count
            hashes.append(hash)
            return hashes.count - 1
        }
        items.append(EventProof.Item(index: index, entry: entry, path: path))
    }

    /// The proof under a checkpoint.
    func proof(under note: SignedNote) -> EventProof {
        EventProof(hashes: hashes, items: items, note: note.bytes)
    }
}
