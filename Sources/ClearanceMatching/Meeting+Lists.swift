import ClearanceEvents

extension Meeting {
    /// Finds the live list of every attempt and the order that it declares.
    mutating func meetLists() {
        guard !row.lists.isEmpty else { return }
        let attempts = self.attempts()
        for attempt in attempts {
            let found = resolve(list: attempt.newest)
            if case .order(let order) = found {
                papers[order].customsCodes.append(contentsOf: attempt.codes)
            }
            if attempt.live == nil { deadLists.append(attempt.newest) }
        }
        for list in attempts.compactMap(\.live).sorted() {
            switch resolve(list: list) {
            case .none:
                liveLists.append((list, nil))
                unmet(list: list)
            case .order(let order):
                liveLists.append((list, order))
                // Versions are sorted, so the last one is the newest.
                papers[order].list = list
            case .ambiguous: liveLists.append((list, nil))
            }
        }
    }

    /// A list stands in other orders' rows when it shares their waybill; it is judged in its own.
    private mutating func unmet(list: Int) {
        let facts = row.lists[list].facts
        guard orders.isEmpty || hasOrder(numbered: facts.number) else { return }
        orphans.append(
            Unmet(
                kind: .orphanList, paper: PaperName(subject: row.lists[list].subject),
                own: row.lists[list].own, isShared: orders.isEmpty))
    }

    private func resolve(list: Int) -> Resolution {
        let facts = row.lists[list].facts
        let named = orders(numbered: facts.number) {
            facts.platform != Tokens.none && $0.platform == facts.platform
        }
        guard named.isEmpty else { return resolve(named) }
        return resolve(
            orders(numbered: facts.number) {
                facts.enterprise != Tokens.none && $0.enterprise == facts.enterprise
            })
    }

    /// A list and what became of it.
    private struct Attempt {
        /// The newest version, live or not.
        var newest: Int
        /// The newest version that is not withdrawn, rejected or cancelled.
        var live: Int?
        /// Check codes when customs rejected the newest version.
        var codes: [ShortCode] = []
    }

    private func attempts() -> [Attempt] {
        if row.lists.count == 1 && row.notices.isEmpty { return [Attempt(newest: 0, live: 0)] }
        let things = listThings()
        var attempts: [Int: Attempt] = [:]
        for index in row.lists.indices {
            var attempt = attempts[things[index]] ?? Attempt(newest: index)
            let fate = self.fate(of: index, things: things)
            attempt.newest = index
            attempt.codes = fate.codes
            if fate.isLive { attempt.live = index }
            attempts[things[index]] = attempt
        }
        return attempts.values.sorted { $0.newest < $1.newest }
    }

    /// Whether a version counts, and the codes with which customs rejected it.
    private func fate(of index: Int, things: [Int]) -> (isLive: Bool, codes: [ShortCode]) {
        let own = row.lists[index].own
        var last: ListNotice?
        for (place, notice) in row.notices.enumerated()
        where things[row.lists.count + place] == things[index] {
            switch notice.verdict {
            case .cancelled, .withdrawn:
                if notice.time >= own { return (false, []) }
            // Sorted by time, acceptance before rejection: the last one counts.
            case .accepted, .rejected: last = notice
            }
        }
        guard let last, last.verdict == .rejected, last.time >= own else { return (true, []) }
        return (false, last.codes)
    }

    /// For every list version and then every notice, the number of the thing it is about: what
    /// shares a name is one thing.
    private func listThings() -> [Int] {
        let names = row.lists.map(\.names) + row.notices.map(\.names)
        var things = DisjointSets(count: names.count)
        var owner: [NameToken: Int] = [:]
        for (index, tokens) in names.enumerated() {
            for token in tokens {
                if let other = owner[token] {
                    things.join(index, other)
                } else {
                    owner[token] = index
                }
            }
        }
        return names.indices.map { things.root($0) }
    }
}

/// Sets that only grow together; the root of a set is its smallest member.
struct DisjointSets {
    private var parents: [Int]

    init(count: Int) { parents = Array(0..<count) }

    mutating func root(_ index: Int) -> Int {
        var current = index
        while parents[current] != current {
            parents[current] = parents[parents[current]]
            current = parents[current]
        }
        return current
    }

    mutating func join(_ one: Int, _ two: Int) {
        let first = root(one)
        let second = root(two)
        parents[max(first, second)] = min(first, second)
    }
}
