extension Event {
    /// The owned form of an entry without its keys: sealed sections are ``withheld``.
    public init(_ view: EventView) throws(DecodingError) {
        var opener = NoKeys()
        try self.init(view, opener: &opener)
    }

    /// The owned form of an entry, all sections merged. Throws for bytes that are no entry.
    ///
    /// Encoding the result under the same index key gives the same bytes, except for the recorded
    /// time, which is the ledger's, and for ciphertexts, which have fresh keys. Cost: one
    /// allocation a text.
    public init<Opener: SectionOpener>(
        _ view: EventView, opener: inout Opener
    ) throws(DecodingError) {
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
            guard
                let part = try Event.section(
                    &reader, of: view.identity, layout: layout, opener: &opener, into: &withheld)
            else { continue }
            record = try RecordDecoder.merged(record, part)
        }
        for _ in 0..<(try reader.varint()) {
            let number = try reader.varint()
            _ = try reader.raw(17)
            if !withheld.isEmpty { noteMark(number, of: layout) }
        }
        if flags & EntryFormat.hasExtras != 0 {
            extras = try RecordDecoder.decode(try reader.counted(), layout: Catalogue.extras)
        }
        guard reader.isAtEnd else {
            throw DecodingError(offset: reader.offset, expected: "the end of the entry")
        }
        data = try Upcasters.raise(record, of: definition, from: view.layoutVersion)
    }
    /// The record of the next section; nil when it is withheld.
    @_lifetime(reader: copy reader)
    private static func section<Opener: SectionOpener>(
        _ reader: inout ByteReader, of identity: EntryIdentity, layout: RecordLayout,
        opener: inout Opener, into withheld: inout WithheldSections
    ) throws(DecodingError) -> DataRecord? {
        guard let section = Section(rawValue: try reader.byte()), section != .body else {
            throw DecodingError(offset: reader.offset, expected: "a section")
        }
        switch try reader.byte() {
        case SectionSuite.clear:
            return try RecordDecoder.decode(try reader.counted(), layout: layout)
        case SectionSuite.aes256gcm:
            var content = ByteReader(try reader.counted())
            let slot = try content.uint64()
            let sealed = try content.raw(content.remaining)
            guard sealed.count >= SectionSuite.tagBytes else {
                throw DecodingError(offset: reader.offset, expected: "a ciphertext with its tag")
            }
            switch opener.open(section, of: identity, slot: slot, sealed: sealed) {
            case .plain(let bytes): return try RecordDecoder.decode(bytes.span, layout: layout)
            case .withheld(let reason):
                withheld.set(section, reason)
                return nil
            }
        default: throw DecodingError(offset: reader.offset, expected: "a section of a known suite")
        }
    }

    /// A mark of a withheld section says that its field had a value.
    private mutating func noteMark(_ number: UInt64, of layout: RecordLayout) {
        guard number >= 1, number <= UInt64(layout.fields.count) else { return }
        let field = UInt16(number)
        if withheld[layout.traits(field).section] != nil, !withheld.fields.contains(field) {
            withheld.fields.append(field)
        }
    }
}
