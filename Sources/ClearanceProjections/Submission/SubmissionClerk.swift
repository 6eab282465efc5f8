import ClearanceEvents

/// Goes once through everything that was said of the documents of one thing, in the order of its
/// times, as customs would have if nothing had been late.
///
/// At one instant papers come before lists, lists before requests, and all versions before what
/// customs says of them, so that a step whose precondition has the same instant is legal.
struct SubmissionClerk {
    private(set) var facts: [SubmissionFact]
    /// The outcome of each fact that is a version.
    var outcomes: [SubmissionOutcome?]
    var files: [SubmissionFile] = []
    /// Fact → file.
    private var fileOf: [Int] = []
    /// Facts that take part: one for each natural key, with the greater content.
    private var order: [Int] = []
    /// Version → the number with which customs refused it.
    private var said: [Int: Int] = [:]

    init(_ given: [SubmissionFact]) {
        facts = given
        outcomes = Array(repeating: nil, count: given.count)
        settleDuplicates()
        joinLists()
        openFiles()
        sort()
        assignAnswers()
    }

    mutating func run() {
        for index in order {
            let fact = facts[index]
            if let verb = fact.word.verb {
                take(index, verb)
            } else {
                hear(index, fact)
            }
        }
    }

    // MARK: Preparation

    /// Equal keys: equal content is known already, of several contents the greatest stands.
    private mutating func settleDuplicates() {
        for index in facts.indices where facts[index].word.verb != nil {
            let rivals = facts.indices.filter {
                facts[$0].ref == facts[index].ref && facts[$0].word.verb != nil
            }
            guard rivals.count > 1 else { continue }
            let greatest = rivals.map { facts[$0].content }.max() ?? 0
            if facts[index].content < greatest {
                outcomes[index] = outcome(.conflict, index)
            } else if rivals.first(where: { facts[$0].content == greatest }) != index {
                outcomes[index] = outcome(.alreadyKnown, index)
            }
        }
    }

    /// A list has up to three names; facts under any of them are about one list.
    private mutating func joinLists() {
        var owner: [UInt64: UInt64] = [:]
        func root(_ name: UInt64) -> UInt64 {
            var name = name
            while let next = owner[name] { name = next }
            return name
        }
        for fact in facts where fact.paper == .list {
            for other in [fact.list, fact.pre] where other != 0 {
                // An e-port number is one attempt's; only where it is the subject is it a name.
                if other == fact.pre, other != fact.list, !isSubject(other) { continue }
                let (left, right) = (root(fact.name), root(other))
                if left != right { owner[max(left, right)] = min(left, right) }
            }
        }
        guard !owner.isEmpty else { return }
        for index in facts.indices {
            let fact = facts[index]
            let name = fact.paper == .list ? root(fact.name) : fact.name
            let list = fact.list == 0 ? 0 : root(fact.list)
            facts[index] = fact.renamed(name, list: list)
        }
    }

    private func isSubject(_ name: UInt64) -> Bool {
        facts.contains { $0.paper == .list && $0.name == name }
    }

    private mutating func openFiles() {
        for fact in facts {
            let found = files.firstIndex {
                $0.paper == fact.paper && $0.name == fact.name && $0.branch == fact.branch
            }
            if let found {
                fileOf.append(found)
            } else {
                fileOf.append(files.count)
                files.append(SubmissionFile(fact))
            }
        }
        order = facts.indices.filter { outcomes[$0] == nil }
    }

    private mutating func sort() {
        let facts = facts
        func key(_ index: Int) -> (Int64, UInt8, UInt8, UInt8) {
            let fact = facts[index]
            let isWord = fact.word.verb == nil
            return (fact.time, isWord ? 1 : 0, fact.paper.rawValue, fact.word.rawValue)
        }
        order.sort { left, right in
            let (one, other) = (key(left), key(right))
            if one != other { return one < other }
            let (first, second) = (facts[left], facts[right])
            if first.part != second.part { return first.part < second.part }
            if first.content != second.content { return first.content < second.content }
            return first.ref < second.ref
        }
        for index in facts.indices where facts[index].word.verb != nil {
            files[fileOf[index]].versions.append(index)
        }
        let place = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
        for index in files.indices {
            files[index].versions.sort {
                let (left, right) = (facts[$0], facts[$1])
                if left.time != right.time { return left.time < right.time }
                if left.ref == right.ref { return left.content < right.content }
                return (place[$0] ?? 0, left.ref) < (place[$1] ?? 0, right.ref)
            }
        }
    }

    /// A negative receipt names no version: it answers the newest that its number can be about.
    private mutating func assignAnswers() {
        for answer in facts where answer.word == .failed {
            let kind = SubmissionNumbers.kind(Int(answer.code))
            let asked = order.filter { index in
                let fact = facts[index]
                guard let verb = fact.word.verb, verb != .draft else { return false }
                return fact.paper == answer.paper && fact.name == answer.name
                    && fact.time <= answer.time
                    && (answer.part == 0 || fact.part == answer.part)
                    && (answer.branch == 0 || fact.branch == answer.branch)
            }
            let fitting = asked.filter { index in
                switch kind {
                case .unknown, .afterDeclaration: facts[index].word != .new
                case .alreadyExists, .alreadyCancelled: facts[index].word == .new
                case .older: index != asked.last || asked.count == 1
                default: true
                }
            }
            if let index = fitting.last { said[index] = Int(answer.code) }
        }
    }

    // MARK: What the steps need

    func file(of index: Int) -> Int { fileOf[index] }

    func outcome(_ kind: SubmissionOutcome.Kind, _ index: Int) -> SubmissionOutcome {
        SubmissionOutcome(kind, of: facts[index].paper, isExport: facts[index].isExport)
    }

    /// What customs itself answered to a version.
    func answer(to index: Int) -> SubmissionOutcome? {
        said[index].map {
            SubmissionOutcome(SubmissionNumbers.kind($0) ?? .failed, number: $0, isSaid: true)
        }
    }

    /// Whether a `new` that customs has not refused comes later than a version.
    func isLaterKnown(than index: Int) -> Bool {
        let place = fileOf[index]
        return order.contains {
            fileOf[$0] == place && facts[$0].word == .new && facts[$0].time > facts[index].time
                && said[$0] == nil
        }
    }
}

extension SubmissionFact {
    /// The same fact under the one name of its list.
    func renamed(_ name: UInt64, list: UInt64) -> SubmissionFact {
        var fact = SubmissionFact(word, paper, name: name, time: time, ref: ref)
        fact.branch = branch
        fact.content = content
        fact.isExport = isExport
        fact.part = part
        fact.parts = parts
        fact.code = code
        fact.order = order
        fact.platform = platform
        fact.enterprise = enterprise
        fact.waybill = waybill
        fact.list = list
        fact.pre = pre
        fact.lines = lines
        return fact
    }
}
