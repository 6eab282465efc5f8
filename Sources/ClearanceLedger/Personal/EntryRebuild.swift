import ClearanceEvents

/// Writes an entry again from its own content and says whether it is the same, as far as the keys
/// that are here allow (`specs/personal.md`, verifying).
///
/// With its keys a sealed section is opened, which its tag vouches for, its record is encoded
/// again, and the ciphertext that stood there is put back: every byte is compared. Without a key,
/// or with one that does not fit, nothing inside a section can be written again; header and body
/// are.
struct EntryRebuild {
    /// What came of writing an entry again.
    struct Finding: Sendable {
        /// What is wrong with the entry; nil when it comes back from its own content.
        var fault: Fault?
        /// What stands in the slots of its sealed sections; nil when it has none.
        var slots: Slots?
        /// Whether the key of the marks made its content mark; nil when that cannot be told.
        var fitsIndexKey: Bool?
    }

    /// What the slots of one entry hold.
    struct Slots: Sendable, Equatable {
        /// What is wrong with the first that does not open its section and is not erased: no fault
        /// of the entry.
        var fault: SlotFault?
        /// Whether one was overwritten on purpose.
        var isErased = false
    }

    /// What is wrong with an entry.
    enum Fault: Sendable, Equatable {
        case sections
        case naturalKey
        /// Also what another key of the marks makes of every entry.
        case contentMark
        case bytes
        case clearPart
        case refused

        /// The fault in words; never bytes of the entry.
        var what: String {
            switch self {
            case .sections: "its sections do not come back from their own content"
            case .naturalKey: "its natural key is wrong"
            case .contentMark: "its content mark is wrong"
            case .bytes: "it does not come back from its own content"
            case .clearPart: "its clear part does not come back from its own content"
            case .refused: "it cannot be encoded again"
            }
        }
    }

    private let encoder: EntryEncoder
    private var opener: VaultOpener
    private var writer = ByteWriter(capacity: 4_096)

    /// For one pass over a ledger, with the keys that are there.
    init(indexKey: SipKey?, keys: SlotFile?) {
        encoder = EntryEncoder(indexKey: indexKey ?? .published)
        opener = VaultOpener(keys)
    }

    /// What comes of writing an entry again.
    ///
    /// Throws for bytes that are no entry. Entries of an older layout are raised when read, so only
    /// current ones come back; of the others it is checked that they can be read.
    mutating func look(at view: EventView) throws(DecodingError) -> Finding {
        var keeper = SectionKeeper(view, opener: opener)
        let event = try Event(view, opener: &keeper)
        opener = keeper.opener
        var finding = Finding(slots: keeper.slots)
        guard view.layoutVersion == view.definition?.layoutVersion else { return finding }
        finding.fault = fault(of: event, in: view, &keeper)
        switch finding.fault {
        case nil: if event.withheld.isEmpty { finding.fitsIndexKey = true }
        case .contentMark: finding.fitsIndexKey = false
        default: break
        }
        return finding
    }

    private mutating func fault(
        of event: Event, in view: EventView, _ keeper: inout SectionKeeper
    ) -> Fault? {
        writer.clear()
        do throws(EncodingRefusal) {
            guard event.withheld.isEmpty else {
                let end = try encoder.encodeClearPart(
                    of: event, identity: view.identity, into: &writer)
                return matches(view.bytes, upTo: end) ? nil : .clearPart
            }
            let identity = try encoder.encode(event, into: &writer, sealer: &keeper)
            if keeper.isChanged { return .sections }
            if identity.naturalKey != view.identity.naturalKey { return .naturalKey }
            if identity.content != view.identity.content { return .contentMark }
        } catch { return .refused }
        guard writer.count == view.bytes.count else { return .bytes }
        return matches(view.bytes, upTo: view.bytes.count) ? nil : .bytes
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

/// What is wrong with the slot of a section.
struct SlotFault: Sendable, Equatable {
    enum Kind: Sendable, Equatable, CaseIterable {
        /// A key is there and does not open the section.
        case misfit
        /// No key was ever written, or the file does not reach so far.
        case unwritten
    }

    let section: Section
    let kind: Kind
}

/// Opens the sections of one entry, remembers what stood there, and puts it back in their place.
private struct SectionKeeper: SectionOpener, SectionSealer {
    var opener: VaultOpener
    /// The sections as they stand in the entry.
    private var stored: [Section: (suite: UInt8, content: [UInt8])] = [:]
    private var plain: [Section: [UInt8]] = [:]
    /// What stands in the slots of the sections that were opened; nil for none.
    private(set) var slots: EntryRebuild.Slots?
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
        var slots = self.slots ?? EntryRebuild.Slots()
        let opened = opener.open(section, of: identity, slot: slot, sealed: sealed)
        switch opened {
        case .plain(let bytes): plain[section] = bytes
        case .withheld:
            let kind: SlotFault.Kind? =
                switch opener.state(of: slot) {
                case .key: .misfit
                case .unwritten: .unwritten
                case .erased: nil
                }
            if let kind {
                slots.fault = slots.fault ?? SlotFault(section: section, kind: kind)
            } else {
                slots.isErased = true
            }
        }
        self.slots = slots
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
