/// Turns the plain bytes of a section into what stands in an entry (`specs/encoding.md`, suites).
///
/// The core room knows no cipher: the ledger hands one in. A sealer is called on the thread that
/// encodes, once a section, and is generic rather than existential because that path is hot.
public protocol SectionSealer {
    /// The suite that a section is written under.
    func suite(of section: Section) -> UInt8
    /// Replaces the plain record that stands in `writer` from `start` on by the section's content.
    mutating func seal(
        _ section: Section, of identity: EntryIdentity, from start: Int,
        in writer: inout ByteWriter)
    /// Says where in its entry the content of the section that was sealed last came to stand.
    mutating func placed(_ section: Section, at offset: Int)
}

/// Suite 0: sections stand in clear.
public struct ClearSections: SectionSealer {
    public init() {}

    public func suite(of section: Section) -> UInt8 { SectionSuite.clear }

    public mutating func seal(
        _ section: Section, of identity: EntryIdentity, from start: Int,
        in writer: inout ByteWriter
    ) {}

    public mutating func placed(_ section: Section, at offset: Int) {}
}

/// The ways in which a section may stand in an entry.
public enum SectionSuite {
    /// A record in clear.
    public static let clear: UInt8 = 0
    /// AES-256-GCM under a key of its own: slot number, ciphertext, tag.
    public static let aes256gcm: UInt8 = 1
    /// The bytes of the slot number in front of the ciphertext.
    public static let slotBytes = 8
    /// The bytes of the tag behind it.
    public static let tagBytes = 16

    /// The bytes that a section is bound to, so that no ciphertext can be moved: natural key,
    /// content mark, section. They are written over `context`.
    public static func bind(
        _ section: Section, of identity: EntryIdentity, into context: inout ByteWriter
    ) {
        context.clear()
        context.write(identity.naturalKey.high)
        context.write(identity.naturalKey.low)
        context.write(identity.content.high)
        context.write(identity.content.low)
        context.write(section.rawValue)
    }
}

/// Why a section cannot be read.
public enum Withheld: UInt8, Sendable, CaseIterable {
    /// 已加密: its key is not here, or does not fit.
    case sealed = 1
    /// 已删除: its key was overwritten on purpose; nobody can read it again.
    case erased = 2

    /// The word that stands where the value would stand.
    public var word: String { self == .sealed ? "sealed" : "erased" }
}

/// What came of opening a section.
public enum OpenedSection: Sendable, Equatable {
    /// The bytes of its record.
    case plain([UInt8])
    case withheld(Withheld)
}

/// Gives the plain bytes of sealed sections back; the counterpart of ``SectionSealer``.
public protocol SectionOpener {
    /// Opens one section; `sealed` is ciphertext and tag.
    mutating func open(
        _ section: Section, of identity: EntryIdentity, slot: UInt64, sealed: Span<UInt8>
    ) -> OpenedSection
}

/// Has no keys: every sealed section is withheld.
public struct NoKeys: SectionOpener {
    public init() {}

    public mutating func open(
        _ section: Section, of identity: EntryIdentity, slot: UInt64, sealed: Span<UInt8>
    ) -> OpenedSection { .withheld(.sealed) }
}
