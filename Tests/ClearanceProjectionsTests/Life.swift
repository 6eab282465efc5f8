import ClearanceEvents
import ClearanceProjections
import Seeded

/// Writes the events of one thing as entries and folds them in canonical order.
struct Life {
    static let key = SipKey(1, 2)
    private(set) var events: [Event] = []

    /// The Beijing clock reading `2026-03-01T09:00:00`.
    static func time(_ text: String) -> Instant {
        guard let time = Instant(rfc3339: text + "+08:00") else {
            preconditionFailure("no time \(text)")
        }
        return time
    }

    /// Adds an event; `time` is a Beijing clock reading.
    @discardableResult
    mutating func say(
        _ type: String, _ subject: String, _ time: String, _ texts: [String: String] = [:],
        _ more: [String: DataValue] = [:]
    ) -> Event {
        var event = Event(
            type, subject: subject, time: Life.time(time), source: "urn:test",
            id: "e\(events.count + 1)")
        for (name, text) in texts { event.data[name] = .text(text) }
        for (name, value) in more { event.data[name] = value }
        events.append(event)
        return event
    }

    /// A list of records of a layout.
    static func records(_ layout: String, _ rows: [[String: String]]) -> DataValue {
        let definition = Catalogue.current.layout(layout)
        return .list(
            rows.map { row in
                var record = DataRecord(definition)
                for (name, text) in row { record[name] = .text(text) }
                return .record(record)
            })
    }

    /// The entries in canonical order.
    static func entries(_ events: [Event]) -> [[UInt8]] {
        let encoder = EntryEncoder(indexKey: key)
        var sorted: [(order: CanonicalOrder, bytes: [UInt8])] = []
        for event in events {
            var writer = ByteWriter()
            do {
                _ = try encoder.encode(event, into: &writer)
                let bytes = writer.bytes
                let view = try EventView(bytes.span)
                sorted.append((view.order, bytes))
            } catch {
                preconditionFailure("\(event.type.name): \(error)")
            }
        }
        return sorted.sorted { $0.order < $1.order }.map(\.bytes)
    }

    /// Lends each entry as a view, in the order given.
    static func forEach(_ entries: [[UInt8]], _ body: (EventView) -> Void) {
        for bytes in entries {
            guard let view = try? EventView(bytes.span) else {
                preconditionFailure("an entry that is none")
            }
            body(view)
        }
    }

    /// The row of all events.
    func row<Fold: KeyedFold>(_ fold: Fold) -> Fold.Row {
        var row = fold.begin()
        Life.forEach(Life.entries(events)) { fold.apply($0, to: &row) }
        return row
    }

    var procedure: ProcedureRow { row(ProcedureFold()) }

    /// Forgets the events from `index` on.
    mutating func drop(from index: Int) { events.removeSubrange(index...) }

    /// The same events in another order of arrival.
    func shuffled(_ random: inout SeededGenerator) -> Life {
        var copy = self
        copy.events.shuffle(using: &random)
        return copy
    }
}

extension Life {
    static let list = "declaration:AG1/COP1"

    /// An import list paper with lines of (gcode, qty, totalPrice).
    mutating func declare(
        _ time: String, subject: String = Life.list, type: String = "declare.submitted",
        mode: String = "1210", direction: String = "I", pre: String? = nil, invt: String? = nil,
        lines: [[String: String]] = [Life.line()]
    ) {
        var texts = [
            "appTime": Life.time(time).customs, "form": "list", "ieFlag": direction,
            "tradeMode": mode, "customsCode": "4600", "orderNo": "NO1", "ebpCode": "EBP1",
            "ebcCode": "EBC1", "agentCode": "AG1", "logisticsCode": "LOG1",
            "logisticsNo": "W1", "country": "142", "currency": "142",
        ]
        texts["appType"] = type == "declare.amended" ? "2" : "1"
        if subject.hasPrefix("declaration:") {
            texts["copNo"] = String(subject.split(separator: "/")[1])
        }
        texts["preNo"] = pre
        texts["invtNo"] = invt
        say(type, subject, time, texts, ["items": Life.records("declarationItem", lines)])
    }

    static func line(
        gnum: String = "1", gcode: String = "3304990099", qty: String = "2",
        price: String = "200", country: String = "116", qty1: String = "0.5",
        unit1: String = "035", currency: String = "142"
    ) -> [String: String] {
        [
            "gnum": gnum, "gcode": gcode, "qty": qty, "unit": "140", "qty1": qty1,
            "unit1": unit1, "totalPrice": price, "currency": currency, "country": country,
        ]
    }

    /// A customs receipt of a list.
    mutating func receipt(
        _ type: String, _ status: String, _ time: String, subject: String = Life.list,
        pre: String = "PRE1", invt: String? = "460020260I00000001", message: String = "CEB622"
    ) {
        var texts = [
            "returnStatus": status, "returnTime": Life.time(time).customs + "000",
            "message": message, "preNo": pre, "agentCode": "AG1",
        ]
        if subject.hasPrefix("declaration:") {
            texts["copNo"] = String(subject.split(separator: "/")[1])
        }
        texts["invtNo"] = invt
        say(type, subject, time, texts)
    }

    /// Declared, accepted and released.
    static func released(mode: String = "1210") -> Life {
        var life = Life()
        life.declare("2026-03-01T09:00:00", mode: mode)
        life.receipt("receipt.progress", "2", "2026-03-01T09:00:05", invt: nil)
        life.receipt("declare.accepted", "120", "2026-03-01T09:00:20")
        life.receipt("release.granted", "800", "2026-03-01T09:01:20")
        return life
    }
}
