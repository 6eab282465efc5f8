import ClearanceEvents

/// The `id` of an event that came with a message: message number, subject, marker.
enum MessageIdentity {
    static func id(of event: Event) -> String {
        let data = event.data
        let message = data.text("message") ?? ""
        let marker = [
            "appType", "appTime", "msgSeqNo", "returnStatus", "returnTime", "taxNo", "status",
            "opDate",
        ].compactMap { data.text($0) }.joined(separator: "-")
        return "\(message)|\(event.subject)|\(marker)"
    }
}
