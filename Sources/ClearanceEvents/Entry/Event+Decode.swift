extension Event {
    /// The owned form of an entry, all sections merged. Throws for bytes that are no entry.
    ///
    /// Encoding the result under the same index key gives the same bytes, except for the recorded
    /// time, which is the ledger's. Cost: one allocation a text.
    public init(_ view: EventView) throws(DecodingError) {
        guard let definition = view.definition else {
            throw DecodingError(offset: EntryFormat.typeOffset, expected: "a known event type")
        }
        var reader = ByteReader(view.bytes)
        _ = try reader.raw(EntryFormat.headerCount)
        let flags = EventView.flags(view.bytes)
        let source = try reader.text()
        let id = try reader.text()
        let subject = try reader.text()
        self.init(
            type: definition, subject: subject, time: view.instant, source: source, id: id)
        if flags & EntryFormat.hasActor != 0 { actor = try reader.text() }
        if flags & EntryFormat.hasActorRole != 0 { actorRole = try reader.text() }
        if flags & EntryFormat.hasOnBehalfOf != 0 { onBehalfOf = try reader.text() }
        if flags & EntryFormat.hasSequence != 0 { sequence = try reader.text() }
        if flags & EntryFormat.hasSigner != 0 { signer = try reader.text() }
        if flags & EntryFormat.hasCorrection != 0 {
            guard let reason = Correction.Reason(rawValue: try reader.byte()) else {
                throw DecodingError(offset: reader.offset, expected: "a correction reason")
            }
            corrects = Correction(
                source: try reader.text(), id: try reader.text(), reason: reason)
        }
        let layout = Upcasters.layout(of: definition, version: view.layoutVersion)
        var record = try RecordDecoder.decode(try reader.counted(), layout: layout)
        for _ in 0..<(try reader.byte()) {
            let kind = try reader.byte()
            guard Section(rawValue: kind) != nil, kind != Section.body.rawValue,
                try reader.byte() == EntryFormat.clearSuite
            else { throw DecodingError(offset: reader.offset, expected: "a section in clear") }
            let part = try RecordDecoder.decode(try reader.counted(), layout: layout)
            record = try RecordDecoder.merged(record, part)
        }
        for _ in 0..<(try reader.varint()) {
            _ = try reader.varint()
            _ = try reader.raw(17)
        }
        if flags & EntryFormat.hasExtras != 0 {
            extras = try RecordDecoder.decode(try reader.counted(), layout: Catalogue.extras)
        }
        guard reader.isAtEnd else {
            throw DecodingError(offset: reader.offset, expected: "the end of the entry")
        }
        data = try Upcasters.raise(record, of: definition, from: view.layoutVersion)
    }
}
