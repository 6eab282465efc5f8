public import ClearanceEvents
import ClearanceStore
import Synchronization

extension Ledger {
    /// Appends events, refusing requests that break the ledger's admission rule.
    ///
    /// Each request is judged on the writer's thread with the row of its thing folded up to the
    /// event before it, its own batch included; facts are never judged. What is known is told
    /// before any judgement. A refusal is kept as `ledger.refused`, with the request's entry. Cost:
    /// one commit of log and state a request. Traps when the ledger has no rule.
    @available(*, noasync)
    public func appendEnforcing(
        _ events: [Event], recordedAt: RecordedTime
    ) throws(LedgerError) -> [AppendOutcome] {
        guard let rule = options.admission else {
            preconditionFailure("the ledger was opened without an admission rule")
        }
        let writer = try self.writing()
        return try writer.inTurn { () throws(LedgerError) in
            try self.enforce(rule, events, recordedAt, writer)
        }
    }

    @available(*, noasync)
    private func enforce(
        _ rule: some AdmissionRule, _ events: [Event], _ recordedAt: RecordedTime, _ writer: Writer
    ) throws(LedgerError) -> [AppendOutcome] {
        var outcomes: [AppendOutcome] = []
        var pending: [Event] = []
        for event in events {
            if rule.isRequest(event.type) {
                outcomes += try append(pending, recordedAt: recordedAt)
                pending = []
                if let refused = try refusal(of: event, rule, recordedAt, writer) {
                    outcomes.append(refused)
                    continue
                }
            }
            pending.append(event)
        }
        return outcomes + (try append(pending, recordedAt: recordedAt))
    }

    /// The outcome of a request that is refused; nil when it is known, malformed or admitted.
    @available(*, noasync)
    private func refusal(
        of event: Event, _ rule: some AdmissionRule, _ recordedAt: RecordedTime, _ writer: Writer
    ) throws(LedgerError) -> AppendOutcome? {
        // In clear: the refusal keeps the entry as a personal text of its own, which is sealed.
        let (batch, rejected) = Ledger.encode(
            [event][...], by: EntryMaker(indexKey: indexKey, fields: headFields, sealing: .clear))
        guard rejected.isEmpty, let identity = batch.identities.first,
            try !writer.knows(identity)
        else { return nil }
        try projector.catchUp()
        let verdict = try projector.current().verdict(of: rule, on: batch.bytes.span)
        guard case .refuse(let code) = verdict else { return nil }
        let refusal = Event.refusal(of: event, identity, entry: batch.bytes, code: code)
        let outcome = try append([refusal], recordedAt: recordedAt).first
        guard let position = outcome?.position else { return outcome }
        return .refused(position: position, code: code)
    }
}

extension Writer {
    /// Whether an entry with this natural key and content is in the log.
    func knows(_ identity: EntryIdentity) throws(LedgerError) -> Bool {
        try index.position(of: identity) != nil
    }
}

extension LedgerView {
    /// What a rule says of an entry that is not in the log yet.
    fileprivate func verdict<Rule: AdmissionRule>(
        of rule: Rule, on entry: Span<UInt8>
    ) throws(LedgerError) -> Verdict {
        do {
            let view = try EventView(entry)
            var sink = LinkSink()
            Rule.Fold.Group.links(of: view, into: &sink)
            var finder = self.finder(group(Rule.Fold.Group.self))
            let direct = sink.links.filter { $0.role != .via }.map(\.key)
            var keys = Set(direct)
            for link in sink.links where link.role == .via {
                keys.formUnion(try finder.keys(reachedVia: link.key))
            }
            var events = ThingEvents()
            if let thing = try finder.thing(ofAll: keys.sorted()) {
                try finder.load(thing, into: &events)
            }
            return rule.judge(view, row: events.folded(by: rule.fold))
        } catch let error as StoreError {
            throw LedgerError(error)
        } catch {
            throw LedgerError(.damaged, "a request: \(error)")
        }
    }
}

extension Event {
    /// The event that keeps a refused request: what it was, why it was refused, and its entry.
    static func refusal(
        of event: Event, _ identity: EntryIdentity, entry: [UInt8], code: String
    ) -> Event {
        let (key, content) = (identity.naturalKey.hex, identity.content.hex)
        var refusal = Event(
            "ledger.refused", subject: event.subject, time: event.time,
            source: "urn:clearance:ledger", id: "\(key)-\(content)-\(code)")
        refusal.data["refusedType"] = .text(event.type.name)
        refusal.data["refusedKey"] = .text(key)
        refusal.data["contentMark"] = .text(content)
        refusal.data["code"] = .text(code)
        refusal.data["content"] = .text(entry.hexadecimal)
        return refusal
    }
}
