import ClearanceEvents
import ClearanceInterchange
import ClearanceLedger

/// What must hold of any bytes that come from outside, asked by fuzzers and by tests over a corpus.
///
/// Each question answers with what does not hold; nothing when all is well. None of them may trap,
/// hang or grow beyond the readers' limits, whatever the bytes are.
public enum Probe {
    /// Imports bytes as any input: told apart by content, read whole and in pieces.
    public static func input(_ bytes: [UInt8]) -> [String] {
        var broken: [String] = []
        let whole = items(of: bytes, piece: max(1, bytes.count))
        for piece in [1 + bytes.count / 3, 7] {
            if summary(items(of: bytes, piece: piece)) != summary(whole) {
                broken.append("pieces of \(piece) bytes give other items")
            }
        }
        for case .event(let event, _, _, _) in whole { broken += self.event(event) }
        return broken
    }

    /// Imports a table under its mapping: the mapping's JSON, a zero byte, the table.
    public static func table(_ bytes: [UInt8]) -> [String] {
        let end = bytes.firstIndex(of: 0) ?? bytes.count
        let table = Array(bytes[min(end + 1, bytes.count)...])
        guard let mapping = try? TableMapping(json: bytes.span.extracting(..<end)) else {
            return []
        }
        let whole = items(of: table, piece: max(1, table.count), mapping: mapping)
        let parts = items(of: table, piece: 7, mapping: mapping)
        var broken =
            summary(whole) == summary(parts)
            ? [] : ["pieces of 7 bytes give other items"]
        for case .event(let event, _, _, _) in whole { broken += self.event(event) }
        return broken
    }

    /// Decodes bytes as an entry, and what an entry says once more.
    public static func entry(_ bytes: [UInt8]) -> [String] {
        guard let view = try? EventView(bytes.span), let event = try? Event(view) else { return [] }
        return self.event(event)
    }

    /// An event survives its own printing, and encoding where it can be encoded.
    private static func event(_ event: Event) -> [String] {
        var broken: [String] = []
        let printed = EventPrinter(masks: false).bytes(of: event)
        if let again = firstEvent(printed), again != event {
            broken.append("\(event.type.name): printed and read back, it differs")
        }
        var writer = ByteWriter()
        guard (try? EntryEncoder(indexKey: key).encode(event, into: &writer)) != nil else {
            return broken
        }
        guard let view = try? EventView(writer.bytes.span), let again = try? Event(view) else {
            return broken + ["\(event.type.name): its own entry cannot be read"]
        }
        if again != event, event.subject != "person:@" {
            broken.append("\(event.type.name): encoded and decoded, it differs")
        }
        return broken
    }

    private static let key = SipKey.published

    private static func firstEvent(_ bytes: [UInt8]) -> Event? {
        for case .event(let event, _, _, _) in items(of: bytes, piece: bytes.count) {
            return event
        }
        return nil
    }

    private static func items(
        of bytes: [UInt8], piece: Int, mapping: TableMapping? = nil
    ) -> [ParsedItem] {
        var items: [ParsedItem] = []
        var reader = InterchangeReader(file: "input", mapping: mapping)
        var index = 0
        while index < bytes.count {
            let end = min(bytes.count, index + piece)
            reader.push(bytes.span.extracting(index..<end)) { items.append($0) }
            index = end
        }
        reader.finish { items.append($0) }
        return items
    }

    /// What does not depend on the pieces: every event with its place and findings, and whether
    /// anything was refused. How many rejects broken bytes break into may differ.
    private static func summary(_ items: [ParsedItem]) -> [String] {
        var events: [String] = []
        var isRefused = false
        for item in items {
            switch item {
            case .event(let event, let findings, _, let place):
                events.append("\(event.id) \(place.line):\(place.column) \(findings.map(\.code))")
            case .reject: isRefused = true
            }
        }
        return events + [isRefused ? "refused" : "sound"]
    }
}

extension Probe {
    /// Reads bytes as a proof file, a note and a key, and checks what was read.
    public static func proof(_ bytes: [UInt8]) -> [String] {
        var broken: [String] = []
        if let proof = try? EventProof(bytes) {
            if proof.bytes != bytes { broken.append("a proof file has two forms") }
            // Nobody is known, so whatever the paths do, nothing may be proven.
            if proof.check(ProofPolicy(keys: [])).isProven { broken.append("proven by nobody") }
        }
        if let note = SignedNote(bytes), note.bytes != bytes {
            broken.append("a note has two forms")
        }
        let text = String(decoding: bytes, as: UTF8.self)
        if let key = NoteKey(text), key.description != text {
            broken.append("a key has two forms")
        }
        return broken
    }
}
