import ClearanceEvents

/// Streams: the events of each subject as it stands in the log, without aliases.
///
/// Postings alone: a stream needs no thing and no row. Part of every ledger.
enum SubjectIndex: Grouping {
    static let name = "subject"
    static let version: UInt16 = 1

    static func links(of event: EventView, into sink: inout LinkSink) {
        sink.concerns(LinkKey.subject(event.subject))
    }

    static func links(ofSubject subject: Span<UInt8>, into sink: inout LinkSink) {
        sink.concerns(LinkKey.subject(subject))
    }
}
