internal import ClearanceEvents

extension EventParser {
    /// `{"source", "id"}`, two attributes, `"source id"`, or a position for the tool to resolve.
    mutating func correction() -> Correction? {
        let reason = correctionReason()
        notes.correctionReason = reason
        guard let (source, id) = correctedEvent() else { return nil }
        guard let reason else {
            fault(
                "missingField", "correctionreason", zh: "更正须说明原因",
                en: "a correction needs its reason")
            return nil
        }
        return Correction(source: source, id: id, reason: reason)
    }

    private mutating func correctionReason() -> Correction.Reason? {
        guard let word = text(.correctionreason) else { return nil }
        guard let reason = Correction.Reason(word: word) else {
            fault(
                "unknownCode", "correctionreason", zh: "应为 incorrectData 或 didNotOccur",
                en: "incorrectData or didNotOccur is due")
            return nil
        }
        return reason
    }

    private mutating func correctedEvent() -> (source: String, id: String)? {
        if let source = text(.correctssource), let id = text(.correctsid) {
            return (source, id)
        }
        if text(.correctssource) != nil || text(.correctsid) != nil {
            fault(
                "missingField", "corrects", zh: "correctssource 与 correctsid 须同时出现",
                en: "correctssource and correctsid stand together")
            return nil
        }
        guard let node = node(.corrects) else { return nil }
        switch tape.kind(node) {
        case .number:
            notes.correctsPosition = UInt64(tape.text(node))
            if notes.correctsPosition != nil { return nil }
        case .string:
            let text = tape.text(node)
            if let position = UInt64(text) {
                notes.correctsPosition = position
                return nil
            }
            let parts = text.split(separator: " ", maxSplits: 1)
            if parts.count == 2 { return (String(parts[0]), String(parts[1])) }
        case .object:
            if let pair = correctedPair(node) { return pair }
        default: break
        }
        fault(
            "corrects", at: node, zh: "应为 {source, id} 或位置号",
            en: "{source, id} or a position is due")
        return nil
    }

    private func correctedPair(_ node: Int) -> (source: String, id: String)? {
        var found: [String: String] = [:]
        var index = node + 1
        while index < tape.next(node) {
            guard tape.kind(index + 1) == .string else { return nil }
            found[tape.text(index)] = tape.text(index + 1)
            index = tape.next(index + 1)
        }
        guard tape.children(node) == 2, let source = found["source"], let id = found["id"] else {
            return nil
        }
        return (source, id)
    }
}
