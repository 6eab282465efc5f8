import ClearanceEvents
import ClearanceInterchange
import ClearanceLedger
import Foundation

/// Feeds documents to a ledger in batches of bounded size and counts what becomes of them.
final class Ingestor {
    /// Events of one durable batch: a few megabytes in memory, a commit every few milliseconds.
    static let batchEvents = 8_192
    /// Bytes of input behind one batch, so that large documents do not pile up.
    private static let batchBytes = 16 << 20

    private let ledger: Ledger
    private let recordedAt: RecordedTime
    private let rejects: RejectsFile
    private let notices: Notices
    private let acknowledgements: FileHandle?
    private let batchEvents: Int
    private let enforces: Bool
    private(set) var report = IngestReport()
    private var batch: [Event] = []
    private var places: [Place] = []
    private var gathered = 0

    /// - Parameters:
    ///   - acknowledgements: where the last position is written after each durable batch.
    ///   - batchEvents: events of one durable batch.
    ///   - enforces: whether requests that break a rule are refused.
    init(
        _ ledger: Ledger, recordedAt: RecordedTime, rejects: RejectsFile, notices: Notices,
        acknowledgements: FileHandle? = nil, batchEvents: Int = Ingestor.batchEvents,
        enforces: Bool = false
    ) {
        self.ledger = ledger
        self.recordedAt = recordedAt
        self.rejects = rejects
        self.notices = notices
        self.acknowledgements = acknowledgements
        self.batchEvents = batchEvents
        self.enforces = enforces
    }

    /// Reads one input to its end.
    func read(
        _ input: InputFiles.Input, profile: EventProfile?, progress: (Int) -> Void = { _ in }
    ) throws {
        var reader = InterchangeReader(file: input.path, profile: profile)
        var items: [ParsedItem] = []
        try input.forEachPiece { piece in
            reader.push(piece.span) { items.append($0) }
            try take(items, bytes: piece.count)
            items.removeAll(keepingCapacity: true)
            progress(piece.count)
        }
        reader.finish { items.append($0) }
        try take(items, bytes: 0)
    }

    /// Reads every input, with a bar over their bytes.
    func read(_ files: InputFiles, profile: EventProfile?, title: String) throws {
        var progress = Progress(title, total: files.totalBytes)
        var done = 0
        for input in files.inputs {
            try read(input, profile: profile) { bytes in
                done += bytes
                progress.update(done)
            }
        }
        progress.finish()
    }

    /// Adds one event that is already parsed.
    func add(_ event: Event, place: Place) throws {
        batch.append(event)
        places.append(place)
        if batch.count >= batchEvents { try flush() }
    }

    /// Makes everything durable and brings the projections up to it.
    func finish() throws {
        try flush()
        try rejects.close()
        _ = try ledger.project()
        report.position = try ledger.position()
    }

    private func take(_ items: [ParsedItem], bytes: Int) throws {
        gathered += bytes
        for item in items {
            switch item {
            case .reject(let reject): try refuse(reject)
            case .event(var event, let findings, let notes, let place):
                if let position = notes.correctsPosition {
                    guard let corrected = try correction(notes, position) else {
                        try refuse(Reject.unknownPosition(event, place, position))
                        continue
                    }
                    event.corrects = corrected
                }
                report.findings += findings.count
                for finding in findings { notices.finding(finding, place) }
                try add(event, place: place)
            }
        }
        if gathered >= Ingestor.batchBytes { try flush() }
    }

    /// The correction that names its event by position: the ledger says which one it is.
    private func correction(_ notes: InputNotes, _ position: UInt64) throws -> Correction? {
        if try ledger.position() < position { try flush() }
        guard let event = try ledger.event(at: position) else { return nil }
        return Correction(
            source: event.source, id: event.id, reason: notes.correctionReason ?? .incorrectData)
    }

    private func flush() throws {
        try rejects.synchronize()
        gathered = 0
        guard !batch.isEmpty else { return }
        let outcomes =
            enforces
            ? try ledger.appendEnforcing(batch, recordedAt: recordedAt)
            : try ledger.append(batch, recordedAt: recordedAt)
        var last: UInt64 = 0
        for (index, outcome) in outcomes.enumerated() {
            last = max(last, outcome.position ?? 0)
            try count(outcome, index)
        }
        batch.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
        if let acknowledgements, last > 0 {
            try acknowledgements.write(contentsOf: Data("\(last)\n".utf8))
        }
    }

    private func count(_ outcome: AppendOutcome, _ index: Int) throws {
        switch outcome {
        case .appended: report.appended += 1
        case .alreadyAppended: report.alreadyAppended += 1
        case .conflict(let position, let with, let field):
            report.conflicts += 1
            notices.conflict(places[index], position: position, with: with, field: field)
        case .refused(let position, let code):
            report.rejected += 1
            notices.refusal(places[index], position: position, code: code)
        case .rejected(let refusal):
            try refuse(Reject(batch[index], places[index], refusal))
        }
    }

    private func refuse(_ reject: Reject) throws {
        report.rejected += 1
        notices.reject(reject)
        try rejects.add(reject)
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
