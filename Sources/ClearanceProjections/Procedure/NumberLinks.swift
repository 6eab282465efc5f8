/// Which e-port and customs numbers are one list, and where they contradict each other.
///
/// What customs says stands against what an enterprise says; where customs (or the enterprise
/// alone) gives one number two partners, all these links are set aside, so that arrival has no
/// say.
struct NumberLinks {
    private struct Pair: Hashable {
        let pre: String
        let invt: String
    }

    /// invtNo → the preNo that it is one with.
    private var preOf: [String: String] = [:]
    private(set) var findings: [Finding] = []

    init(_ steps: [ProcedureStep]) {
        var customs: Set<Pair> = []
        var own: Set<Pair> = []
        for step in steps where !step.pre.isEmpty && !step.invt.isEmpty {
            let pair = Pair(pre: step.pre, invt: step.invt)
            if step.kind.isOwnWord { own.insert(pair) } else { customs.insert(pair) }
        }
        let accepted = NumberLinks.oneToOne(customs)
        // An enterprise's link counts only where customs says nothing of either number.
        let saidPre = Set(customs.map(\.pre))
        let saidInvt = Set(customs.map(\.invt))
        let silent = own.filter { !saidPre.contains($0.pre) && !saidInvt.contains($0.invt) }
        for pair in accepted.union(NumberLinks.oneToOne(silent)) { preOf[pair.invt] = pair.pre }
        report(steps)
    }

    /// The pairs whose numbers have one partner each.
    private static func oneToOne(_ pairs: Set<Pair>) -> Set<Pair> {
        let pres = Dictionary(grouping: pairs, by: \.pre)
        let invts = Dictionary(grouping: pairs, by: \.invt)
        return pairs.filter { pres[$0.pre]?.count == 1 && invts[$0.invt]?.count == 1 }
    }

    private mutating func report(_ steps: [ProcedureStep]) {
        let disputed = steps.filter {
            !$0.pre.isEmpty && !$0.invt.isEmpty && preOf[$0.invt] != $0.pre
        }
        guard let first = disputed.first else { return }
        findings.append(
            Finding(
                code: .contradictoryLink, about: first.pre, time: first.time,
                refs: disputed.map(\.ref)))
    }

    /// The cluster that a fact belongs to by its numbers; empty when it has neither.
    func cluster(of step: ProcedureStep) -> String {
        if !step.pre.isEmpty { return "p" + step.pre }
        guard !step.invt.isEmpty else { return "" }
        if let pre = preOf[step.invt] { return "p" + pre }
        return "i" + step.invt
    }
}
