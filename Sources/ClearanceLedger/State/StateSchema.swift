import ClearanceEvents
import ClearanceStore

/// Which tables the projections of a ledger have, and what they are made by.
struct StateSchema: Sendable {
    /// The tables of one grouping.
    struct Group: Sendable {
        let definition: GroupDefinition
        /// Key → positions of events that join or concern it.
        let direct: Int
        /// Key → positions of events that go via it.
        let via: Int
        /// Key → the thing that it belongs to.
        let owner: Int
        let folds: [Fold]
    }

    /// The tables of one fold.
    struct Fold: Sendable {
        let fold: any ErasedFold
        /// Thing → row.
        let rows: Int
        /// Cell → total.
        let totals: Int
    }

    let groups: [Group]
    /// Table names by number; number 0 is the meta table.
    let names: [String]
    /// Names and versions of everything that shapes the state; another signature rebuilds it.
    let signature: String

    static let meta = 0

    init(_ definitions: [GroupDefinition]) {
        var names = ["meta"]
        func table(_ name: String) -> Int {
            names.append(name)
            return names.count - 1
        }
        var signature = "state 1"
        var groups: [Group] = []
        for definition in definitions {
            signature += "; \(definition.name) \(definition.grouping.version)"
            let folds = definition.folds.map { fold in
                signature += ", \(fold.name) \(fold.version)"
                return Fold(
                    fold: fold, rows: table("f.\(fold.name).rows"),
                    totals: table("f.\(fold.name).totals"))
            }
            groups.append(
                Group(
                    definition: definition, direct: table("g.\(definition.name).direct"),
                    via: table("g.\(definition.name).via"),
                    owner: table("g.\(definition.name).owner"), folds: folds))
        }
        self.groups = groups
        self.names = names
        self.signature = signature
    }

    /// The fold with this name.
    func fold(_ name: String) -> Fold? {
        groups.lazy.flatMap(\.folds).first { $0.fold.name == name }
    }
}

extension Digest16 {
    /// Sixteen bytes whose order is the digest's.
    var bytes: [UInt8] { BigEndian.bytes(high) + BigEndian.bytes(low) }

    init(bytes: Span<UInt8>) {
        self.init(high: BigEndian.uint64(bytes, at: 0), low: BigEndian.uint64(bytes, at: 8))
    }
}

/// Positions as stored under a key: the last one, then ascending differences.
enum Posting {
    static func encode(_ positions: some BidirectionalCollection<UInt64>) -> [UInt8] {
        var writer = ByteWriter(capacity: 8 + positions.count * 3)
        writer.write(positions.last ?? 0)
        var previous: UInt64 = 0
        for position in positions {
            writer.writeVarint(position - previous)
            previous = position
        }
        return writer.bytes
    }

    static func decode(_ bytes: [UInt8]) throws(DecodingError) -> [UInt64] {
        var reader = ByteReader(bytes.span)
        _ = try reader.uint64()
        var positions: [UInt64] = []
        var previous: UInt64 = 0
        while !reader.isAtEnd {
            previous &+= try reader.varint()
            positions.append(previous)
        }
        return positions
    }

    /// The stored form with later positions added; those already there are left out.
    static func appending(
        _ positions: [UInt64], to bytes: [UInt8]
    ) throws(DecodingError) -> [UInt8] {
        var reader = ByteReader(bytes.span)
        var last = try reader.uint64()
        var writer = ByteWriter(capacity: bytes.count + positions.count * 3)
        writer.write(max(last, positions.last ?? 0))
        writer.write(raw: bytes.span.extracting(8..<bytes.count))
        for position in positions where position > last {
            writer.writeVarint(position - last)
            last = position
        }
        return writer.bytes
    }
}
