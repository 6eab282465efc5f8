import ClearanceEvents

/// Writes an entry again from its own content and says whether it is the same, as far as the keys
/// that are here allow (`specs/personal.md`, verification).
///
/// With its keys a sealed section is opened, which its tag vouches for, its record is encoded again,
/// and the ciphertext that stood there is put back: every byte of the entry is then compared. Without
/// a key nothing inside a section can be written again; header, body and extras are.
struct EntryRebuild {
    private let encoder: EntryEncoder
    private let hasIndexKey: Bool
    private var opener: VaultOpener
    private var writer = ByteWriter(capacity: 4_096)

    /// For one pass over a ledger.
    init(_ ledger: Ledger) {
        encoder = EntryEncoder(indexKey: ledger.indexKey)
        hasIndexKey = ledger.hasIndexKey
        opener = ledger.vault.opener
    }

    /// What is wrong with an entry; nil when it comes back from its own content.
    ///
    /// Throws for bytes that are no entry. Entries of an older layout are raised when read, so only
    /// current ones come back; of the others it is checked that they can be read.
    mutating func fault(of view: EventView) throws(DecodingError) -> String? {
        var keeper = SectionKeeper(view, opener: opener)
        let event = try Event(view, opener: &keeper)
        opener = keeper.opener
        if let section = keeper.misfit { return "its \(section) section does not open with its key" }
        guard view.layoutVersion == view.definition?.layoutVersion else { return nil }
        writer.clear()
        do {
            guard event.withheld.isEmpty, hasIndexKey else {
                return try partialFault(of: view, event)
            }
            let identity = try encoder.encode(event, into: &writer, sealer: &keeper)
            if keeper.isChanged { return "its sections do not come back from their own content" }
            if identity != view.identity { return "its natural key or content mark is wrong" }
        } catch { return "it cannot be encoded again" }
        return matches(view.bytes, upTo: view.bytes.count) && writer.count == view.bytes.count
            ? nil : "it does not come back from its own content"
    }

    /// What can be said without every key: header and body come back, digests aside.
    private mutating func partialFault(
        of view: EventView, _ event: Event
    ) throws(EncodingRefusal) -> String? {
        let end = try encoder.encodeClearPart(of: event, identity: view.identity, into: &writer)
        return matches(view.bytes, upTo: end) ? nil : "its clear part does not come back"
    }

    /// Whether the bytes written again are the entry's, the ledger's recorded time aside.
    private func matches(_ entry: Span<UInt8>, upTo end: Int) -> Bool {
        let again = writer.bytes.span
        guard again.count >= end, entry.count >= end else { return false }
        let recorded = EntryLayout.recordedOffset..<(EntryLayout.recordedOffset + 8)
        for index in 0..<end where again[index] != entry[index] {
            if !recorded.contains(index) { return false }
        }
        return true
    }
}

/// Opens the sections of one entry, remembers what stood there, and puts it back in their place.
private struct SectionKeeper: SectionOpener, SectionSealer {
    var opener: VaultOpener
    /// The sections as they stand in the entry.
    private var stored: [Section: (suite: UInt8, content: [UInt8])] = [:]
    private var plain: [Section: [UInt8]] = [:]
    /// The first section whose key is here and does not fit.
    private(set) var misfit: Section?
    /// Whether a section that was encoded again is not what was opened.
    private(set) var isChanged = false

    init(_ view: EventView, opener: VaultOpener) {
        self.opener = opener
        var stored = self.stored
        view.forEachSection { section, suite, content in
            stored[section] = (suite, Array(copying: content))
        }
        self.stored = stored
    }

    mutating func open(
        _ section: Section, of identity: EntryIdentity, slot: UInt64, sealed: Span<UInt8>
    ) -> OpenedSection {
        let opened = opener.open(section, of: identity, slot: slot, sealed: sealed)
        switch opened {
        case .plain(let bytes): plain[section] = bytes
        case .withheld:
            if case .key = opener.state(of: slot), misfit == nil { misfit = section }
        }
        return opened
    }

    func suite(of section: Section) -> UInt8 { stored[section]?.suite ?? SectionSuite.clear }

    mutating func seal(
        _ section: Section, of identity: EntryIdentity, from start: Int,
        in writer: inout ByteWriter
    ) {
        guard let (suite, content) = stored[section], suite == SectionSuite.aes256gcm else {
            return
        }
        if plain[section] != Array(writer.bytes[start...]) { isChanged = true }
        writer.truncate(to: start)
        writer.write(raw: content)
    }

    mutating func placed(_ section: Section, at offset: Int) {}
}
