import ClearanceEvents
import ClearanceInterchange
import ClearanceLedger
import Foundation

extension Ingestor {
    /// Makes what was gathered durable: first what was refused, then the entries, then what is
    /// remembered of inputs that are at their end.
    func flush() throws {
        guard !batch.isEmpty else { return }
        let given = batch
        batch = IngestBatch()
        try rejects.add(given.rejectLines)
        try rejects.synchronize()
        if given.count > 0 {
            let outcomes =
                options.enforces
                ? try ledger.appendEnforcing(given.events, recordedAt: options.recordedAt)
                : try ledger.append(given.entries, recordedAt: options.recordedAt)
            try count(outcomes, given)
        }
        remember(given.ended)
    }

    /// Remembers inputs all of whose documents are durable. That this fails costs only time.
    private func remember(_ ended: [InputTally]) {
        let place = rejects.mark
        let lines = ended.compactMap { memory.record($0, rejects: place)?.line }
        guard !lines.isEmpty else { return }
        do {
            let file = try remembering ?? memory.file()
            remembering = file
            try file.write(Array(lines.joined()))
        } catch { Output.say("clearance: \(MachineFailure.reason(of: error))") }
    }

    private func count(_ outcomes: [AppendOutcome], _ given: IngestBatch) throws {
        var last: UInt64 = 0
        var next = 0
        for part in given.parts {
            for place in part.places {
                last = max(last, outcomes[next].position ?? 0)
                try count(outcomes[next], place, part.tally) { given.events[next] }
                next += 1
            }
        }
        if let acknowledgements = options.acknowledgements, last > 0 {
            try acknowledgements.write(contentsOf: Data("\(last)\n".utf8))
        }
    }

    private func count(
        _ outcome: AppendOutcome, _ place: Place, _ tally: InputTally, event: () -> Event
    ) throws {
        switch outcome {
        case .appended(let position):
            report.appended += 1
            tally.note(position)
        case .alreadyAppended(let position), .alreadyAppendedErased(let position):
            report.alreadyAppended += 1
            tally.note(position)
        case .conflict(let position, let with, let field):
            report.conflicts += 1
            tally.note(position)
            notices.conflict(place, position: position, with: with, field: field)
        case .refused(let position, let code):
            report.rejected += 1
            tally.isOpen = true
            notices.refusal(place, position: position, code: code)
        case .conditionFailed: preconditionFailure("input is appended without conditions")
        case .rejected(let refusal):
            // Only of requests that are judged: everything else was encoded where it was read.
            let reject = Reject(event(), place, refusal)
            report.rejected += 1
            tally.isOpen = true
            notices.rejects([(reject.place, reject.faults[0])], of: 1)
            try rejects.add(reject.json(showsRaw: rejects.showsRaw) + [10])
        }
    }
}

extension Reject {
    /// An event that cannot become an entry.
    init(_ event: Event, _ place: Place, _ refusal: EncodingRefusal) {
        let fault = InputFault(
            code: refusal.code, path: refusal.path,
            message: MessageText(zh: "无法写入账本", en: refusal.message))
        self.init(event, place, fault)
    }

    /// A correction of a position that the ledger does not reach.
    static func unknownPosition(_ event: Event, _ place: Place, _ position: UInt64) -> Reject {
        let fault = InputFault(
            code: "unknownPosition", path: "corrects",
            message: MessageText(
                zh: "账本没有位置 \(position)", en: "the ledger has no position \(position)"))
        return Reject(event, place, fault)
    }

    private init(_ event: Event, _ place: Place, _ fault: InputFault) {
        self.init(
            place: place, faults: [fault],
            raw: String(decoding: EventPrinter(masks: false).bytes(of: event), as: UTF8.self),
            maskedRaw: String(decoding: EventPrinter(masks: true).bytes(of: event), as: UTF8.self))
    }
}
