import ClearanceStore

/// The tables of the projections at one position: a base that does not change, and changes in
/// memory over it. The writer flushes the changes in one commit; a reader keeps them to itself.
struct OverlayState: Sendable {
    /// What lies under the changes.
    enum Base: Sendable {
        case empty
        case disk(Snapshot, [Table])
        case memory([SortedTable])
    }

    let base: Base
    private(set) var changes: [[[UInt8]: [UInt8]?]]

    init(_ base: Base, tables: Int) {
        self.base = base
        changes = Array(repeating: [:], count: tables)
    }

    func get(_ table: Int, _ key: [UInt8]) throws(StoreError) -> [UInt8]? {
        if let changed = changes[table][key] { return changed }
        switch base {
        case .empty: return nil
        case .disk(let snapshot, let tables):
            return try snapshot.value(in: tables[table], key: key.span)
        case .memory(let tables): return tables[table].value(of: key)
        }
    }

    mutating func set(_ table: Int, _ key: [UInt8], _ value: [UInt8]?) {
        changes[table][key] = .some(value)
    }

    /// Lends entries from a key on, in order, changes included, until `body` says no.
    func forEach(
        _ table: Int, from start: [UInt8] = [],
        _ body: (Span<UInt8>, Span<UInt8>) throws(StoreError) -> Bool
    ) throws(StoreError) {
        var pending = changes[table].keys
            .filter { !$0.lexicographicallyPrecedes(start) }
            .sorted { $0.lexicographicallyPrecedes($1) }[...]
        var goesOn = true
        func lendChanges(
            below key: Span<UInt8>?, _ pending: inout ArraySlice<[UInt8]>
        ) throws(StoreError) {
            while goesOn, let next = pending.first {
                if let key, !next.span.precedes(key) { return }
                pending.removeFirst()
                if let value = changes[table][next] ?? nil {
                    goesOn = try body(next.span, value.span)
                }
            }
        }
        try forEachBase(table, from: start) { (key, value) throws(StoreError) in
            try lendChanges(below: key, &pending)
            guard goesOn else { return false }
            if let next = pending.first, next.span.equals(key) {
                pending.removeFirst()
                if let changed = changes[table][next] ?? nil {
                    goesOn = try body(key, changed.span)
                }
            } else {
                goesOn = try body(key, value)
            }
            return goesOn
        }
        try lendChanges(below: nil, &pending)
    }

    private func forEachBase(
        _ table: Int, from start: [UInt8],
        _ body: (Span<UInt8>, Span<UInt8>) throws(StoreError) -> Bool
    ) throws(StoreError) {
        switch base {
        case .empty: break
        case .disk(let snapshot, let tables):
            if start.isEmpty {
                try snapshot.forEach(in: tables[table], body)
            } else {
                try snapshot.forEach(in: tables[table], from: start.span, body)
            }
        case .memory(let tables): try tables[table].forEach(from: start, body)
        }
    }
}

extension Span<UInt8> {
    func precedes(_ other: Span<UInt8>) -> Bool {
        for index in 0..<Swift.min(count, other.count) where self[index] != other[index] {
            return self[index] < other[index]
        }
        return count < other.count
    }

    func equals(_ other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        for index in indices where self[index] != other[index] { return false }
        return true
    }
}
