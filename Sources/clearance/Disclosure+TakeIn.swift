import ClearanceEvents
import ClearanceLedger
import Foundation

extension Disclosure {
    /// Takes the trail of `--reveal` into the ledger as `ledger.disclosed`, each line once.
    ///
    /// Whoever reveals only reads and cannot append; the process that holds the ledger does it when
    /// it opens (`specs/cli.md`, masking). A line that is no longer readable as one is an error
    /// that names its place: a trail is not skipped.
    @available(*, noasync)
    static func takeIn(_ ledger: Ledger, recordedAt: RecordedTime) throws {
        let path = ledger.directory + "/disclosures/disclosures.ndjson"
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return }
        var events: [Event] = []
        for (index, line) in text.split(separator: "\n").enumerated() {
            events.append(try event(line, number: index + 1, path: path, origin: ledger.origin))
        }
        for start in stride(from: 0, to: events.count, by: LedgerLimits.followBatch) {
            let end = min(start + LedgerLimits.followBatch, events.count)
            _ = try ledger.append(Array(events[start..<end]), recordedAt: recordedAt)
        }
    }

    private static func event(
        _ line: Substring, number: Int, path: String, origin: String
    ) throws -> Event {
        let json = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        guard let members = json ?? nil, let text = members["time"] as? String,
            let time = Instant(rfc3339: text), let command = members["command"] as? String,
            let reason = members["reason"] as? String, let position = members["position"] as? Int,
            let subject = Subject.of(.ledger, origin)
        else { throw MachineFailure("\(path):\(number): no disclosure stands here") }
        var event = Event(
            "ledger.disclosed", subject: subject.text, time: time,
            source: "urn:clearance:disclosures", id: "\(text)#\(number)")
        event.data["at"] = .text(text)
        event.data["position"] = .number("\(position)")
        event.data["command"] = .text(command)
        event.data["reason"] = .text(reason)
        return event
    }
}
