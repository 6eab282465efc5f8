import ArgumentParser
import ClearanceEvents
import ClearanceInterchange
import ClearanceLedger

/// `clearance read`: the events of the log as NDJSON.
struct Read: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "读取 · Print the events of the log as NDJSON CloudEvents.",
        discussion: """
            Personal values are masked unless a reason to reveal them is given; revealed output \
            comes back through ingest without loss. With --subject also what was corrected since \
            is printed, and what corrected it.

            Example:
              clearance read ledger --from 1 --limit 10 --type order
            """)

    @OptionGroup var ledger: LedgerArgument

    @Option(help: "First position.")
    var from: UInt64 = 1

    @Option(help: "Greatest number of events.")
    var limit: Int?

    @Option(help: "Only events of this thing, asked by any of its names.")
    var subject: SubjectArgument?

    @Option(help: "Only events of this type (order.submitted) or family (order).")
    var type: String?

    @Option(
        help: ArgumentHelp(
            "Show personal values in clear; leaves a line in LEDGER/disclosures/.",
            valueName: "reason"))
    var reveal: String?

    @Flag(help: "Taken for the sake of uniformity: the output is always JSON.")
    var json = false

    func validate() throws {
        if let limit, limit < 0 { throw ValidationError("--limit is not negative") }
        if let type, !Read.isKnown(type) {
            throw ValidationError("no event type or family is named \(type)")
        }
    }

    func run() throws {
        let source = try Wiring.reader(ledger.path)
        let end = try source.position()
        if let reveal {
            try Disclosure.record(reveal, command: "read", ledger: source, position: end)
        }
        let printer = EventPrinter(masks: reveal == nil)
        var left = limit ?? .max
        func show(_ stored: StoredEvent) throws {
            guard left > 0, matches(stored.event) else { return }
            left -= 1
            try Output.line(
                printer.bytes(
                    of: stored.event, position: stored.position, recordedTime: stored.recorded))
        }
        if let subject {
            for position in try Things(source).history(of: subject.subject)
            where position >= from && left > 0 {
                guard let stored = try source.stored(at: position) else { continue }
                try show(stored)
            }
            return
        }
        var next = max(from, 1)
        while next <= end, left > 0 {
            let batch = try source.events(from: next, through: end, limit: 1_024)
            guard let last = batch.last else { break }
            for stored in batch { try show(stored) }
            next = last.position + 1
        }
    }

    private func matches(_ event: Event) -> Bool {
        guard let type = type.map(Read.bare) else { return true }
        return event.type.name == type || event.type.name.hasPrefix(type + ".")
    }

    private static func bare(_ type: String) -> String {
        type.hasPrefix("clearance.") ? String(type.dropFirst("clearance.".count)) : type
    }

    private static func isKnown(_ type: String) -> Bool {
        let type = bare(type)
        return Catalogue.current.types.contains {
            $0.name == type || $0.name.hasPrefix(type + ".")
        }
    }
}
