public import ClearanceEvents

/// Prints events as CloudEvents 1.0 JSON, one object without its line feed.
///
/// The order of members is fixed: envelope, data in the layout's order, then what was added.
/// Unmasked output comes back through ``InterchangeReader`` as an equal event; masked output says
/// so and is refused there, like that of an event whose personal parts are withheld. Source:
/// `specs/interchange.md`.
public struct EventPrinter: Sendable {
    /// Whether personal fields are masked.
    public var masks: Bool

    public init(masks: Bool) { self.masks = masks }

    /// The bytes of one event, with its place in a ledger when it has one.
    public func bytes(
        of event: Event, position: UInt64? = nil, recordedTime: Instant? = nil
    ) -> [UInt8] {
        var writer = JSONWriter()
        write(event, position: position, recordedTime: recordedTime, to: &writer)
        return writer.bytes
    }

    /// Writes one event as a JSON value.
    public func write(
        _ event: Event, position: UInt64? = nil, recordedTime: Instant? = nil,
        to writer: inout JSONWriter
    ) {
        writer.object { writer in
            envelope(of: event, to: &writer)
            for member in event.extras.members {
                writer.name(member.name)
                write(member.value, name: member.name, isPersonal: false, to: &writer)
            }
            writer.name("data")
            write(event.shownData, withheld: event.withheld.fields, to: &writer)
            if let position { writer.member("position", position) }
            writer.member("recordedtime", ifPresent: recordedTime?.rfc3339)
            if masks { writer.member("masked", true) }
            if !event.withheld.isEmpty {
                writer.member(object: "withheld") { writer in
                    writer.member("buyer", ifPresent: event.withheld.buyer?.word)
                    writer.member("consignee", ifPresent: event.withheld.consignee?.word)
                }
            }
        }
    }

    private func envelope(of event: Event, to writer: inout JSONWriter) {
        writer.member("specversion", "1.0")
        writer.member("id", event.id)
        writer.member("source", event.source)
        writer.member("type", "clearance." + event.type.name)
        writer.member("subject", event.subject)
        writer.member("time", event.time.rfc3339)
        writer.member("actor", ifPresent: event.actor)
        writer.member("actorrole", ifPresent: event.actorRole)
        writer.member("onbehalfof", ifPresent: event.onBehalfOf)
        writer.member("sequence", ifPresent: event.sequence)
        if let corrects = event.corrects {
            writer.member(object: "corrects") { writer in
                writer.member("source", corrects.source)
                writer.member("id", corrects.id)
            }
            writer.member("correctionreason", corrects.reason.word)
        }
        writer.member("signer", ifPresent: event.signer)
    }

    /// Writes a record; the fields in `withheld` hold the reason why their value is not there.
    private func write(
        _ record: DataRecord, withheld: [UInt16] = [], to writer: inout JSONWriter
    ) {
        writer.object { writer in
            for member in record.members {
                writer.name(member.name)
                // What the layout does not know may be anybody's name or number.
                let isPersonal =
                    member.number == 0
                    || record.layout.field(member.number).section != .body
                        && !withheld.contains(member.number)
                write(member.value, name: member.name, isPersonal: isPersonal, to: &writer)
            }
        }
    }

    private func write(
        _ value: DataValue, name: String, isPersonal: Bool, to writer: inout JSONWriter
    ) {
        switch value {
        case .text(let text):
            writer.value(masks && isPersonal ? Masking.masked(text, field: name) : text)
        case .number(let digits):
            if masks && isPersonal { writer.value("***") } else { writer.number(digits: digits) }
        case .bool(let flag): writer.value(flag)
        case .null: writer.null()
        case .record(let record):
            if masks && isPersonal { writer.value("***") } else { write(record, to: &writer) }
        case .list(let items):
            if masks && isPersonal { return writer.value("***") }
            writer.array { writer in
                for item in items { write(item, name: name, isPersonal: false, to: &writer) }
            }
        }
    }
}
