import ClearanceEvents

extension Meeting {
    /// Finds the live list of every attempt and the order that it declares.
    mutating func meetLists() {
        guard !row.lists.isEmpty else { return }
        for list in liveListVersions() {
            let facts = row.lists[list].facts
            var named = orders(numbered: facts.number) {
                facts.platform != Tokens.none && $0.platform == facts.platform
            }
            if named.isEmpty {
                named = orders(numbered: facts.number) {
                    facts.enterprise != Tokens.none && $0.enterprise == facts.enterprise
                }
            }
            switch resolve(named) {
            case .none:
                liveLists.append((list, nil))
                let paper = PaperName(subject: row.lists[list].subject)
                orphans.append((.orphanList, paper, row.lists[list].own))
            case .order(let order):
                liveLists.append((list, order))
                // Versions are sorted, so the last one is the newest.
                if list > (papers[order].list ?? -1) { papers[order].list = list }
            case .ambiguous: liveLists.append((list, nil))
            }
        }
    }

    /// The live versions, one an attempt: the newest that is not withdrawn, rejected or cancelled.
    private func liveListVersions() -> [Int] {
        if row.lists.count == 1 && row.notices.isEmpty { return [0] }
        let things = listThings()
        var live: [Int: Int] = [:]
        for index in row.lists.indices where isLive(list: index, things: things) {
            live[things[index]] = index
        }
        return live.values.sorted()
    }

    private func isLive(list index: Int, things: [Int]) -> Bool {
        let own = row.lists[index].own
        var answer: ListNotice.Verdict?
        var answered = Int64.min
        for (place, notice) in row.notices.enumerated()
        where things[row.lists.count + place] == things[index] {
            switch notice.verdict {
            case .cancelled, .withdrawn:
                if notice.time >= own { return false }
            case .accepted, .rejected:
                // Sorted by time, acceptance before rejection: the last one counts.
                answer = notice.verdict
                answered = notice.time
            }
        }
        return !(answer == .rejected && answered >= own)
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
