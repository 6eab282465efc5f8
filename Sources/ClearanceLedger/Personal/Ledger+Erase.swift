public import ClearanceEvents
import ClearanceStore

extension Ledger {
    /// Erases what the ledger holds about a person, as far as the law allows on the day reached.
    ///
    /// Overwrites the keys of the person's sections, flushes, takes the person's lines out of the
    /// rejects, and appends a receipt that the ledger's first signer signs. What must still be kept
    /// is scheduled and erased by the append of the `clock.day` that allows it. The log does not
    /// change: every root, proof and digest of before stays. Cost: up to three passes over the log,
    /// one flush, one append.
    ///
    /// - Parameters:
    ///   - idNumber: the person's identity number, in any spelling of the exact number.
    ///   - asOf: a day that has ended, when it is later than the log's greatest `clock.day`; no
    ///     clock is asked.
    ///   - rejects: files of refused input beside those of the ledger's own folder.
    /// - Throws: `unsealed` for a ledger that keeps sections in clear, `readOnly`, the machine's
    ///   failures; after one the same call goes on where it ended.
    @available(*, noasync)
    public func erase(
        idNumber: String, asOf: CivilDay? = nil, recordedAt: RecordedTime, rejects: [String] = []
    ) throws(LedgerError) -> ErasureOutcome {
        try erasureTurn.take { () throws(LedgerError) in
            try erase(
                Mark.of(idNumber, way: .identity, key: indexKey), texts: [idNumber], asOf: asOf,
                recordedAt: recordedAt, rejects: rejects)
        } then: {
            runDueErasures(recordedAt)
        }
    }

    /// Goes on with the erasures whose day has come: those that had to wait, and one that the
    /// machine interrupted. Appends of a `clock.day` do it by themselves.
    @available(*, noasync)
    public func runErasures(
        asOf: CivilDay? = nil, recordedAt: RecordedTime
    ) throws(LedgerError) -> [ErasureOutcome] {
        try erasureTurn.take { () throws(LedgerError) in
            try runWishes(asOf: asOf, recordedAt: recordedAt)
        } then: {
            runDueErasures(recordedAt)
        }
    }

    /// Erases what the log's days allow. In an erasure's turn; a failure leaves the wishes.
    func runDueErasures(_ recordedAt: RecordedTime) {
        _ = try? runWishes(asOf: nil, recordedAt: recordedAt)
    }

    private func runWishes(
        asOf: CivilDay?, recordedAt: RecordedTime
    ) throws(LedgerError) -> [ErasureOutcome] {
        var outcomes: [ErasureOutcome] = []
        for wish in erasures?.wishes ?? [] {
            outcomes.append(
                try erase(
                    wish.person, texts: [], asOf: asOf, recordedAt: recordedAt, rejects: []))
        }
        return outcomes
    }

    /// The persons whose erasure waits, as subjects, and the first day on which it may go on.
    public var scheduledErasures: [(subject: String, due: CivilDay)] {
        (erasures?.wishes ?? []).map { ("person:\($0.person.hex)", $0.due) }
    }

    /// How many erasures wait for their time, and the first day on which one goes on; nil where
    /// the keys are not here, or nothing is sealed. Names nobody; readers may ask. Cost: one
    /// pass over what is noted of erasures.
    public func erasuresWaiting() throws(LedgerError) -> (count: Int, next: CivilDay?)? {
        guard vault.file != nil else { return nil }
        let lists = ErasureLists(directory: directory)
        guard erasures != nil || lists.has(.erasures) else { return nil }
        var wishes = erasures?.wishes ?? []
        if erasures == nil {
            wishes = try storing { () throws(StoreError) in try lists.wishes() }
        }
        return (wishes.count, wishes.map(\.due).min())
    }

    /// The folder of a ledger's rejects: beside it, whatever path leads there, so that an erasure
    /// finds what was refused under another spelling (`.`, `..`, a link).
    public static func rejectsFolder(of directory: String) -> String {
        let name = Files.trimmed(directory)
        let isItsName = name.split(separator: "/").last.map { $0 != "." && $0 != ".." } ?? false
        if isItsName, !Files.isLink(name) { return name + ".rejects" }
        return ((try? Files.resolved(name)) ?? name) + ".rejects"
    }

    private func erase(
        _ person: Digest16, texts: Set<String>, asOf: CivilDay?, recordedAt: RecordedTime,
        rejects: [String]
    ) throws(LedgerError) -> ErasureOutcome {
        try writing().checkWriting()
        guard let file = vault.file, let book = erasures else {
            throw LedgerError(.unsealed, "\(directory) keeps its sections in clear")
        }
        let reader = try log.reader()
        var search = PersonSearch(person: person, key: indexKey, opener: vault.opener)
        try search.run(reader, through: try reader.lastPosition())
        let open = try search.found.values.sorted { $0.position < $1.position }
            .map { found throws(LedgerError) in
                book.isErased(found.position) ? try found.rest(in: file) : found
            }.filter { !$0.slots.isEmpty }
        let day = max(asOf ?? .distantPast, search.day ?? .distantPast)
        var plan = ErasurePlan(open, rules: options.retention, day: day)
        plan.report.subject = "person:\(person.hex)"
        let values = texts.union(try values(of: open, reader))
        // A signer that fails ends it here, before anything is overwritten.
        let receipts = try receipts(of: plan, day: day, recordedAt)
        do throws(StoreError) {
            let own = try PersonalLines.files(in: Ledger.rejectsFolder(of: directory))
            for path in own + rejects {
                plan.report.rejectsDropped += try PersonalLines.drop(from: path, holding: values)
            }
            // The wish stands on the disk before anything is overwritten, so that whatever the
            // machine interrupts goes on.
            if !open.isEmpty { try book.set(person, due: plan.due.isEmpty ? plan.until : day) }
            if !plan.due.isEmpty { try file.erase(plan.slots) }
        } catch { throw LedgerError(error) }
        if !plan.due.isEmpty {
            try append(receipts, of: &plan, recordedAt)
            try storing { () throws(StoreError) in
                try book.noteErased(plan.due.map(\.position))
            }
        }
        try storing { () throws(StoreError) in try book.set(person, due: plan.until) }
        return plan.outcome
    }

    /// The receipts of what is due, signed by the first of the ledger's signers.
    private func receipts(
        of plan: ErasurePlan, day: CivilDay, _ recordedAt: RecordedTime
    ) throws(LedgerError) -> [Event] {
        var time = Instant(microseconds: plan.due.map(\.time).max() ?? 0)
        if case .at(let instant) = recordedAt { time = instant }
        let runs = ErasureReceipt.runs(of: plan.due.map(\.position))
        return try runs.map { runs throws(LedgerError) in
            let receipt = ErasureReceipt(
                origin: origin, subject: plan.report.subject, time: time,
                on: day == .distantPast ? nil : day, positions: runs, sections: plan.slots.count)
            return try receipt.event(signedBy: options.signers.first)
        }
    }

    private func append(
        _ receipts: [Event], of plan: inout ErasurePlan, _ recordedAt: RecordedTime
    ) throws(LedgerError) {
        let (batch, rejected) = try encode(receipts)
        guard rejected.isEmpty else {
            throw LedgerError(.damaged, "the receipt of an erasure is no entry")
        }
        plan.report.receipts = try append(batch, recordedAt: recordedAt).compactMap(\.position)
        plan.report.signer = options.signers.first?.key.name
    }

    /// The texts by which lines outside the log are known to be the person's.
    private func values(
        of entries: [PersonSearch.Found], _ reader: LogReader
    ) throws(LedgerError) -> Set<String> {
        var values: Set<String> = []
        var opener = vault.opener
        for entry in entries {
            let event = try reader.stored(entry.position, by: &opener).event
            let fields =
                (entry.buyer == nil ? [] : Ledger.buyersTellingFields)
                + (entry.consignee == nil ? [] : Ledger.consigneesTellingFields)
            for name in fields {
                if let text = event.data.text(name) { values.insert(text) }
            }
        }
        return values
    }

    private static let buyersTellingFields = [
        "buyerIdNumber", "payerIdNumber", "idNumber", "buyerTelephone", "telephone",
        "buyerRegNo", "account",
    ]
    private static let consigneesTellingFields = ["consigneeTelephone", "consigneeAddress"]
}

extension PersonSearch.Found {
    /// What is left when an erasure took a section of the entry before, be it for another person.
    fileprivate func rest(in file: SlotFile) throws(LedgerError) -> PersonSearch.Found {
        var rest = self
        try storing { () throws(StoreError) in
            if let buyer, try file.state(of: buyer) == .erased { rest.buyer = nil }
            if let consignee, try file.state(of: consignee) == .erased { rest.consignee = nil }
        }
        return rest
    }
}
