import ClearanceEvents
import ClearanceInterchange
import ClearanceLedger
import Foundation

/// Feeds inputs to a ledger: takes what ``InputPipeline`` reads, strictly in the order of the
/// inputs, appends it in batches of bounded size, and counts what becomes of it.
final class Ingestor {
    /// Events of one durable batch: a few megabytes in memory, a commit every few milliseconds.
    static let batchEvents = 8_192
    /// Bytes of one batch, so that large documents do not pile up.
    static let batchBytes = 16 << 20
    /// Milliseconds that a live input may have nothing to give before what it gave becomes durable:
    /// parsing a piece takes less, so that a steady feed goes in batches.
    private static let livePatience = 5
    /// How long the threads that read may take to notice that nobody wants anything any more.
    private static let patience = 2.0

    /// How a ledger is fed.
    struct Options {
        var recordedAt = RecordedTime.input
        var reading = Reading()
        /// Whether requests that break a rule are refused.
        var enforces = false
        /// Whether inputs are read again although all of them is in the ledger.
        var rereads = false
        /// Threads that read.
        var jobs = Jobs.usual
        /// Events of one durable batch.
        var batchEvents = Ingestor.batchEvents
        var limits = InputLimits()
        /// Where the last position is written after each durable batch.
        var acknowledgements: FileHandle?
    }

    let ledger: Ledger
    let options: Options
    let rejects: RejectsFile
    let notices: Notices
    let memory: InputMemory
    var report = IngestReport()
    var batch = IngestBatch()
    /// Remembers inputs; nil before the first, and after a failure to do so.
    var remembering: PrivateFile?
    /// Refused documents of inputs that were not read again.
    private(set) var skippedRejects = 0
    private let interrupt: Interrupt?
    /// Whether no thread reads any more, so that the ledger can be closed.
    private(set) var isQuiet = true

    /// - Parameter interrupt: what ends reading before its time.
    init(
        _ ledger: Ledger, _ options: Options, rejects: RejectsFile, notices: Notices,
        interrupt: Interrupt? = nil
    ) {
        self.ledger = ledger
        self.options = options
        self.rejects = rejects
        self.notices = notices
        self.interrupt = interrupt
        memory = InputMemory(ledger, options, rejects: rejects.folder)
    }

    /// Reads every input, with a bar over their bytes, and makes what they say durable.
    ///
    /// An input that the machine does not let be read costs the others nothing; it counts as
    /// failed. Throws when the ledger fails.
    func read(_ files: InputFiles, title: String = "") throws {
        let limits = self.limits
        let (ledger, memory, options) = (ledger, memory, options)
        let (showsRaw, judges) = (rejects.showsRaw, options.enforces)
        let pipeline = InputPipeline(
            files, reading: options.reading, jobs: options.jobs, limits: limits,
            known: { try memory.record(of: $0) },
            maker: {
                // An encoder each: the copies of one would wait for each other.
                IngestMaker(
                    ledger.batchEncoder, showsRaw: showsRaw, judges: judges, limits: limits)
            })
        interrupt?.onSignal { pipeline.stop() }
        defer {
            pipeline.stop()
            isQuiet = pipeline.join(seconds: Self.patience)
        }
        try take(from: pipeline, files, Progress(title, total: files.totalBytes))
    }

    /// A portion fits a batch.
    private var limits: InputLimits {
        var limits = options.limits
        limits.portionEvents = min(limits.portionEvents, options.batchEvents)
        return limits
    }

    private func take(
        from pipeline: InputPipeline<IngestMaker>, _ files: InputFiles, _ bar: Progress
    ) throws {
        var bar = bar
        var tally: InputTally?
        while let delivery = try next(of: pipeline, files) {
            switch delivery {
            case .portion(let portion, let file, let bytes):
                let current = tally ?? InputTally(files.inputs[file])
                tally = current
                try take(portion, of: current)
                bar.add(bytes)
            case .end(let file, let end):
                let input = files.inputs[file]
                take(end, of: tally ?? InputTally(input))
                tally = nil
                bar.passed(input.bytes)
                // A batch of very many small or empty files is due as well.
                if batch.ended.count >= options.batchEvents { try flush() }
            }
        }
        try flush()
        bar.finish()
    }

    /// What comes next. Whoever feeds a live input may wait for an answer to what he wrote: before
    /// it is waited for, what was gathered becomes durable.
    private func next(
        of pipeline: InputPipeline<IngestMaker>, _ files: InputFiles
    ) throws -> InputQueue<IngestPortion>.Delivery? {
        if files.hasLive {
            for _ in 0..<Self.livePatience {
                if let ready = pipeline.takeReady() { return ready }
                if batch.isEmpty { break }
                usleep(1_000)
            }
            try flush()
        }
        return pipeline.take()
    }

    /// Brings the projections up to what was appended.
    func finish() throws {
        try rejects.close()
        _ = try ledger.project()
        report.position = try ledger.position()
    }

    /// Ends early: what was read in order is durable, and no half-read input counts as read.
    func stop() throws {
        try rejects.close()
        report.position = try ledger.position()
        if isQuiet { try ledger.close() }
    }

    private func take(_ portion: IngestPortion, of tally: InputTally) throws {
        tally.findings += portion.findings
        tally.rejected += portion.rejected
        report.findings += portion.findings
        report.rejected += portion.rejected
        notices.findings(portion.shownFindings, of: portion.findings)
        notices.rejects(portion.shownRejects, of: portion.rejected)
        if let open = portion.open { return try take(open, of: tally) }
        let isFull =
            batch.count + portion.places.count > options.batchEvents
            || batch.cost + portion.cost > Self.batchBytes
        if isFull { try flush() }
        batch.add(portion, of: tally)
    }

    /// The correction that names its event by position: the ledger says which one it is.
    private func take(_ open: IngestPortion.Open, of tally: InputTally) throws {
        if try ledger.position() < open.position { try flush() }
        var maker = IngestMaker(
            ledger.batchEncoder, showsRaw: rejects.showsRaw, judges: options.enforces,
            limits: options.limits)
        let item: ParsedItem
        if let corrected = try ledger.event(at: open.position) {
            var event = open.event
            event.corrects = Correction(
                source: corrected.source, id: corrected.id, reason: open.reason)
            item = .event(event, findings: [], notes: InputNotes(), place: open.place)
        } else {
            tally.isOpen = true
            item = .reject(Reject.unknownPosition(open.event, open.place, open.position))
        }
        var portions: [IngestPortion] = []
        maker.take(item) { portions.append($0) }
        maker.finish { portions.append($0) }
        for portion in portions { try take(portion, of: tally) }
    }

    private func take(_ end: InputEnd, of tally: InputTally) {
        switch end {
        case .read(let content):
            report.files.read += 1
            tally.content = content
            batch.ended.append(tally)
        case .skipped(let record):
            report.files.skipped += 1
            report.alreadyAppended += record.kept
            report.findings += record.findings
            report.rejected += record.rejected
            skippedRejects += record.rejected
        case .failed(let failure):
            report.files.failed += 1
            Output.say("clearance: \(failure.description)")
        }
    }
}
