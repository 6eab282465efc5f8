import ClearanceEvents

/// One version of a paper: when it is sent and what it does.
struct Version: Sendable {
    var at: Instant
    /// 1 new, 2 change, 3 delete.
    var appType = 1
    /// 1 stored, 2 declared.
    var appStatus = 2

    /// The last word of the event type.
    var verb: String {
        if appStatus == 1 { return "drafted" }
        return appType == 1 ? "submitted" : appType == 2 ? "amended" : "withdrawn"
    }
}

/// Writes events as a parser of the messages would: same fields, same names, same identity.
struct Scribe: Sendable {
    let schema: String
    /// Makes the unique numbers of documents.
    var dice: Dice

    /// A paper sent by an enterprise. `time` is the paper's own time where it has one.
    mutating func paper(
        _ family: String, subject: String, message: String, from sender: Enterprise,
        _ version: Version, time: Instant? = nil, verb: String? = nil,
        fill: (inout DataRecord) -> Void
    ) -> Event {
        let at = version.at.wholeSecond
        var event = Event(
            family + "." + (verb ?? version.verb), subject: subject,
            time: (time ?? at).wholeSecond, source: "urn:ceb:" + sender.code, id: "")
        var data = event.data
        data.put("message", message)
        data.put("schema", schema)
        data.put("guid", dice.guid())
        data.put("appType", String(version.appType))
        data.put("appTime", at.customs)
        data.put("appStatus", String(version.appStatus))
        fill(&data)
        event.data = data
        event.id = MessageIdentity.id(of: event)
        return event
    }

    /// A receipt from customs.
    mutating func receipt(
        _ type: String, subject: String, message: String, status: Int, at: Instant,
        text: String, fill: (inout DataRecord) -> Void
    ) -> Event {
        let time = Instant(microseconds: at.microseconds - at.microseconds % 1_000)
        var event = Event(
            type, subject: subject, time: time, source: "urn:ceb:customs", id: "")
        var data = event.data
        data.put("message", message)
        data.put("schema", schema)
        data.put("guid", dice.guid())
        fill(&data)
        data.put("returnStatus", String(status))
        data.put("returnTime", time.customsMilliseconds)
        data.put("returnInfo", text)
        event.data = data
        event.id = MessageIdentity.id(of: event)
        return event
    }

    /// An event that no message carries.
    func plain(
        _ type: String, subject: String, at: Instant, source: String, id: String,
        fill: (inout DataRecord) -> Void
    ) -> Event {
        var event = Event(type, subject: subject, time: at.wholeSecond, source: source, id: id)
        var data = event.data
        fill(&data)
        event.data = data
        return event
    }
}

extension DataRecord {
    /// Adds a text that is not there yet, as a number where the layout has a whole number.
    mutating func put(_ name: String, _ text: String?) {
        guard let text else { return }
        let isInteger = layout.number(of: name).map { layout.field($0).kind == .integer } ?? false
        let isNew = add(isInteger ? .number(text) : .text(text), name: name)
        precondition(isNew, "\(layout.name).\(name) is written twice")
    }

    /// Adds a list of records.
    mutating func put(_ name: String, records: [DataRecord]) {
        let isNew = add(.list(records.map { .record($0) }), name: name)
        precondition(isNew, "\(layout.name).\(name) is written twice")
    }

    /// Adds a list of texts.
    mutating func put(_ name: String, texts: [String]) {
        let isNew = add(.list(texts.map { .text($0) }), name: name)
        precondition(isNew, "\(layout.name).\(name) is written twice")
    }

    /// A record of a layout, filled.
    static func of(_ layout: String, _ fill: (inout DataRecord) -> Void) -> DataRecord {
        var record = DataRecord(Catalogue.current.layout(layout))
        fill(&record)
        return record
    }
}
