/// The room that the parts of an event's entry take at most, found in one flat look at it.
///
/// Made first: what is too long or too deep to be an entry is refused here, before it is walked
/// over, so that walks are bounded.
struct EntryRoom {
    /// Header and body.
    let clear: Int
    /// All members of `data` once: the body, or any section.
    let data: Int
    /// About as many bytes as the body has, when nothing stands in sections.
    let guess: Int

    /// Most bytes around a value: its tag, or a kind and the length of a name, its length, and the
    /// number of items of a list.
    private static let aroundValue = 16
    /// Most bytes of the length of a text.
    private static let lengthBytes = 5

    init(_ event: borrowing Event) throws(EncodingRefusal) {
        guard EntryFormat.isWritable(event.time) else {
            throw EncodingRefusal(
                code: "malformedTime", path: "time",
                message: "not within the years 0001 to 9999, or an offset beyond 18 hours")
        }
        var texts = try EntryRoom.bytes(event.source, "source")
        texts += try EntryRoom.bytes(event.id, "id")
        texts += try EntryRoom.bytes(event.subject, "subject")
        if let rare = event.rare { texts += try EntryRoom.bytes(rare.values) }
        let size = event.data.size
        guard !event.data.isDeeper(than: EventLimits.depth, size),
            !EntryRoom.isTooDeep(event.rare)
        else {
            throw EncodingRefusal(
                code: "tooDeep", path: "data", message: "more than \(EventLimits.depth) levels")
        }
        // Every byte of a text stands in the entry, and one of its own for every value: what is
        // larger need not be written to be refused.
        if let extras = event.rare?.values.extras, !extras.isEmpty {
            let own = extras.size
            guard own.bytes + own.values <= EventLimits.extraBytes,
                EntryEncoder.bytes(ofExtras: extras).count <= EventLimits.extraBytes
            else { throw EntryRoom.tooLargeExtras }
        }
        guard size.bytes + size.values <= EventLimits.entryBytes else {
            throw EntryRoom.tooLargeEntry
        }
        data = EntryRoom.room(size)
        // One byte more: the reason of a correction.
        clear = EntryFormat.headerCount + texts + 1 + EntryRoom.lengthBytes + data
        guess = size.bytes + 3 * size.values
    }

    private static func isTooDeep(_ rare: RareAttributes?) -> Bool {
        guard let extras = rare?.values.extras else { return false }
        return extras.isDeeper(than: EventLimits.depth, extras.size)
    }

    private static func bytes(_ rare: RareAttributes.Values) throws(EncodingRefusal) -> Int {
        var texts = try bytes(rare.actor, "actor")
        texts += try bytes(rare.actorRole, "actorrole")
        texts += try bytes(rare.onBehalfOf, "onbehalfof")
        texts += try bytes(rare.sequence, "sequence")
        texts += try bytes(rare.signer, "signer")
        texts += try bytes(rare.corrects?.source, "corrects.source")
        texts += try bytes(rare.corrects?.id, "corrects.id")
        return texts
    }

    /// The refusal of unknown attributes that are too long.
    static let tooLargeExtras = EncodingRefusal(
        code: "tooLarge", path: "extensions",
        message: "unknown attributes exceed \(EventLimits.extraBytes) bytes")

    /// The refusal of an entry that is too long.
    static let tooLargeEntry = EncodingRefusal(
        code: "tooLarge", path: "data",
        message: "the entry exceeds \(EventLimits.entryBytes) bytes")

    /// The room that a record takes at most.
    static func room(_ size: DataRecord.Size) -> Int {
        size.bytes + EntryRoom.aroundValue * size.values + EntryRoom.lengthBytes
    }

    /// The room of an envelope text; refuses one that is too long.
    @inline(__always)
    private static func bytes(
        _ text: String?, _ path: StaticString
    ) throws(EncodingRefusal) -> Int {
        guard let count = text?.utf8.count else { return 0 }
        guard count <= EventLimits.attributeBytes else {
            throw EncodingRefusal(
                code: "tooLarge", path: path.description,
                message: "longer than \(EventLimits.attributeBytes) bytes")
        }
        return count + EntryRoom.lengthBytes
    }
}
