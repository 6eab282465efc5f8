import ClearanceEvents

/// The `id` of an event that came with a message: message number, subject, marker; the same that
/// a parser of the message makes.
enum MessageIdentity {
    static func id(of event: Event) -> String {
        let data = event.data
        var parts = [data.text("message") ?? "", event.subject]
        if let status = data.text("returnStatus") {
            parts.append(status)
            parts.append(data.text("returnTime") ?? "")
            parts.append(LinkKey.of("returnInfo", data.text("returnInfo") ?? "").hex)
        } else if let time = data.text("appTime") {
            parts.append(data.text("appType") ?? "")
            parts.append(time)
            if event.type.name.hasPrefix("payment.") { parts.append(data.text("orderNo") ?? "") }
        } else {
            parts += ["status", "declSeqNo", "opDate", "decState"].compactMap { data.text($0) }
        }
        if let part = data.text("msgSeqNo") { parts.append(part) }
        return parts.joined(separator: ";")
    }
}
