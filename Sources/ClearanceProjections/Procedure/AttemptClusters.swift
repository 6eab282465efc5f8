/// Sorts the facts of a consignment's lists into clusters, one for each e-port number.
///
/// `preNo` and `invtNo` are one to one; a declarant's `copNo` may have several of them, one for
/// each attempt. Papers often come without `preNo` and are given to an attempt by their time.
/// Source: `specs/procedure.md`, three numbers of one list.
struct AttemptClusters {
    /// The clusters, each in procedural order.
    private(set) var clusters: [[ProcedureStep]] = []
    private(set) var findings: [Finding] = []

    /// The clusters of list facts that are given in canonical order.
    init(_ steps: [ProcedureStep]) {
        if AttemptClusters.isSimple(steps) {
            clusters = steps.isEmpty ? [] : [steps]
        } else {
            split(steps)
        }
        for index in clusters.indices {
            if !AttemptClusters.isSorted(clusters[index]) {
                clusters[index].sort(by: ProcedureStep.precedes)
            }
            if let finding = AttemptClusters.moveLatePaper(&clusters[index]) {
                findings.append(finding)
            }
        }
        clusters.sort { ProcedureStep.precedes($0[0], $1[0]) }
    }

    private static func isSorted(_ steps: [ProcedureStep]) -> Bool {
        steps.indices.dropFirst().allSatisfy {
            !ProcedureStep.precedes(steps[$0], steps[$0 - 1])
        }
    }

    /// Most consignments have one number of each kind and one submission: nothing to sort out.
    private static func isSimple(_ steps: [ProcedureStep]) -> Bool {
        var (cop, pre, invt) = ("", "", "")
        var papers = 0
        for step in steps {
            if !step.cop.isEmpty, cop.isEmpty { cop = step.cop }
            if !step.pre.isEmpty, pre.isEmpty { pre = step.pre }
            if !step.invt.isEmpty, invt.isEmpty { invt = step.invt }
            guard step.cop.isEmpty || step.cop == cop, step.pre.isEmpty || step.pre == pre,
                step.invt.isEmpty || step.invt == invt
            else { return false }
            if step.kind.isPaper { papers += 1 }
        }
        return papers <= 1
    }

    private mutating func split(_ steps: [ProcedureStep]) {
        let links = NumberLinks(steps)
        findings += links.findings
        var places: [String: Int] = [:]
        var loose: [ProcedureStep] = []
        for step in steps {
            let key = links.cluster(of: step)
            if key.isEmpty {
                loose.append(step)
            } else if let place = places[key] {
                clusters[place].append(step)
            } else {
                places[key] = clusters.count
                clusters.append([step])
            }
        }
        for step in loose.sorted(by: ProcedureStep.precedes) { assign(step) }
    }

    /// Gives a fact that names no attempt to the attempt of its declarant's number.
    private mutating func assign(_ step: ProcedureStep) {
        let places = candidates(step)
        let isSubmission = step.kind == .submitted || step.kind == .drafted
        let latest = places.last { start($0) <= step.time } ?? places.first
        let restarts =
            step.kind == .amended && latest.map { end($0) ?? Int64.max < step.time } ?? false
        guard isSubmission || restarts else {
            if let latest { clusters[latest].append(step) } else { clusters.append([step]) }
            return
        }
        let free = places.first { place in
            !clusters[place].contains { $0.kind == .submitted }
                && (end(place) ?? Int64.max) >= step.time
        }
        // Without a free attempt a live one takes it, as a second declaration of the same thing.
        if let place = free ?? places.last(where: { end($0) == nil }) {
            clusters[place].append(step)
        } else {
            clusters.append([step])
        }
    }

    /// The clusters of the same declarant's number by their start. A paper without `copNo` (its
    /// number is `EBC/~ORDERNO`) may belong to any cluster.
    private func candidates(_ step: ProcedureStep) -> [Int] {
        let anonymous = step.cop.isEmpty || step.cop.contains("/~")
        return clusters.indices.filter { place in
            anonymous || clusters[place].contains { $0.cop == step.cop }
        }.sorted { (start($0), $0) < (start($1), $1) }
    }

    private func start(_ place: Int) -> Int64 {
        clusters[place].map(\.time).min() ?? Int64.max
    }

    /// When the attempt was rejected or cancelled for good; nil while it stands.
    private func end(_ place: Int) -> Int64? {
        let steps = clusters[place]
        let ends = steps.filter { $0.kind == .rejected || $0.kind == .cancelled }
        guard let last = ends.map(\.time).max() else { return nil }
        let revived = steps.contains { $0.time > last && !$0.kind.isOwnWord }
        return revived ? nil : last
    }

    /// A paper whose time is later than its first receipt is still the attempt's first step.
    private static func moveLatePaper(_ steps: inout [ProcedureStep]) -> Finding? {
        guard let paper = steps.firstIndex(where: { $0.kind == .submitted }), paper > 0 else {
            return nil
        }
        let before = steps[..<paper]
        guard let receipt = before.firstIndex(where: { !$0.kind.isOwnWord }),
            !before.contains(where: { $0.kind == .rejected || $0.kind == .cancelled })
        else { return nil }
        let step = steps.remove(at: paper)
        steps.insert(step, at: receipt)
        return Finding(
            code: .paperAfterReceipt, about: step.cop, time: step.time, refs: [step.ref])
    }
}
