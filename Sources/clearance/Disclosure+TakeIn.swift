import ClearanceEvents
import ClearanceLedger
import Foundation

extension Disclosure {
    /// Takes the trail of `--reveal` into the ledger as `ledger.disclosed`, each line once.
    ///
    /// Whoever reveals only reads and cannot append; the command that next does takes it in
    /// (`specs/personal.md`, disclosures). A line that is no longer readable as one is an error
    /// that names its place: a trail is not skipped. A line that was not ended was never acted on.
    /// Lines that stand in the log, durably, leave the trail; a crash before that is harmless, as
    /// the log knows them.
    @available(*, noasync)
    static func takeIn(_ ledger: Ledger, recordedAt: RecordedTime) throws {
        let path = path(of: ledger)
        guard FileManager.default.fileExists(atPath: path) else { return }
        let trail = try PrivateFile(path, truncates: false)
        try trail.lock()
        try trail.cutTornEnd()
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw MachineFailure("\(path): cannot be read")
        }
        // What is no UTF-8 is replaced, so that its line does not fit its sum.
        let text = String(decoding: bytes, as: UTF8.self)
        var events: [Event] = []
        for (index, line) in text.split(separator: "\n").enumerated() {
            events.append(try event(line, number: index + 1, of: ledger))
        }
        for start in stride(from: 0, to: events.count, by: LedgerLimits.followBatch) {
            let end = min(start + LedgerLimits.followBatch, events.count)
            let outcomes = try ledger.append(
                Array(events[start..<end]), recordedAt: recordedAt)
            if let place = outcomes.firstIndex(where: { $0.position == nil }) {
                throw MachineFailure("\(path):\(start + place + 1): the log refuses the line")
            }
        }
        try trail.empty()
        try trail.close()
    }

    private static func event(
        _ line: Substring, number: Int, of ledger: Ledger
    ) throws -> Event {
        let json = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        guard DisclosureTrail.isWhole(Array(line.utf8)), let members = json ?? nil,
            let text = members["time"] as? String, let time = Instant(rfc3339: text),
            let command = members["command"] as? String,
            let reason = try reason(members, of: ledger),
            let position = members["position"] as? Int,
            let subject = Subject.of(.ledger, ledger.origin)
        else { throw MachineFailure("\(path(of: ledger)):\(number): no disclosure stands here") }
        var event = Event(
            "ledger.disclosed", subject: subject.text, time: time,
            source: "urn:clearance:disclosures", id: "\(text)#\(number)")
        event.data["at"] = .text(text)
        event.data["position"] = .number("\(position)")
        event.data["command"] = .text(command)
        event.data["reason"] = .text(reason)
        return event
    }

    /// The reason of a line, in clear where the ledger keeps everything so.
    private static func reason(_ members: [String: Any], of ledger: Ledger) throws -> String? {
        if let text = members["reason"] as? String { return text }
        return try (members["sealed"] as? String).flatMap { try ledger.openedFromTrail($0) }
    }
}
