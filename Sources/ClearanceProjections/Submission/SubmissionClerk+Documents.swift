extension SubmissionClerk {
    /// The documents with their versions and outcomes.
    func documents() -> [SubmissionState.Document] {
        files.compactMap { file in
            guard let first = file.versions.first else { return nil }
            var document = SubmissionState.Document(
                paper: file.paper, name: file.name, branch: file.branch)
            document.parts = parts(of: file)
            let isOpen = document.parts.map { !$0.isComplete } ?? false
            let live = live(file)
            for index in file.versions {
                let fact = facts[index]
                var outcome = outcomes[index] ?? SubmissionOutcome(.failed)
                if isOpen, outcome.kind == .taken, file.held.contains(index) {
                    outcome = SubmissionOutcome(.partsMissing)
                }
                document.versions.append(
                    SubmissionState.Version(
                        verb: fact.word.verb ?? .draft, time: fact.time, ref: fact.ref,
                        content: fact.content, part: fact.part == 0 ? nil : Int(fact.part),
                        outcome: outcome, isLive: live.contains(index),
                        isHeld: file.stands && file.held.contains(index)))
            }
            return (document, facts[first].time)
        }.sorted { (left: (SubmissionState.Document, Int64), right) in
            let one = (left.0.paper.rawValue, left.1, left.0.name, left.0.branch)
            return one < (right.0.paper.rawValue, right.1, right.0.name, right.0.branch)
        }.map(\.0)
    }

    /// The parts of the set that customs has, or of the one that it waits for.
    private func parts(of file: SubmissionFile) -> SubmissionState.Parts? {
        guard file.partCount > 0, file.stands else { return nil }
        var missing: [Int] = []
        var number = 1
        while number <= file.partCount, missing.count < SubmissionState.shownParts {
            if !file.partNumbers.contains(Int64(number)) { missing.append(number) }
            number += 1
        }
        return SubmissionState.Parts(count: file.partCount, missing: missing)
    }

    /// What matching compares (papers.md, versions): of each part the newest version that is
    /// neither withdrawn nor rejected, whatever customs would answer to it.
    private func live(_ file: SubmissionFile) -> Set<Int> {
        let words = facts.filter {
            $0.paper == file.paper && $0.name == file.name
                && ($0.word == .accepted || $0.word == .rejected)
                && ($0.branch == 0 || $0.branch == file.branch)
        }.max { ($0.time, $0.word.rawValue) < ($1.time, $1.word.rawValue) }
        let rejectedAt = words.flatMap { $0.word == .rejected ? $0.time : nil } ?? Int64.min
        let withdrawnAt =
            file.versions.filter { facts[$0].word == .delete }.map { facts[$0].time }.max()
            ?? Int64.min
        var newest: [Int64: Int] = [:]
        for index in file.versions {
            let fact = facts[index]
            guard fact.word == .new || fact.word == .change, fact.time > withdrawnAt,
                fact.time > rejectedAt
            else { continue }
            guard let other = newest[fact.part] else {
                newest[fact.part] = index
                continue
            }
            let (old, new) = (facts[other], fact)
            if (old.time, old.content) < (new.time, new.content) { newest[fact.part] = index }
        }
        return Set(newest.values)
    }
}
