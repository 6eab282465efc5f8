/// Which personal parts of an event could not be read, and why.
///
/// An event with such parts is not the event that was appended: it is shown with the reason in the
/// place of each value, and it cannot be encoded again.
public struct WithheldSections: Sendable, Equatable {
    /// Why the buyer's section is withheld; nil when it was read or there is none.
    public internal(set) var buyer: Withheld?
    /// The same for the consignee's section.
    public internal(set) var consignee: Withheld?
    /// The fields of withheld sections that are known to have had a value, by their marks.
    public internal(set) var fields: [UInt16] = []

    public init() {}

    /// Whether everything was read.
    public var isEmpty: Bool { buyer == nil && consignee == nil }

    /// Why a section is withheld; nil when it is not.
    public subscript(section: Section) -> Withheld? {
        switch section {
        case .body: nil
        case .buyer: buyer
        case .consignee: consignee
        }
    }

    mutating func set(_ section: Section, _ reason: Withheld) {
        if section == .buyer { buyer = reason } else { consignee = reason }
    }
}

/// How a field of `data` reads.
public enum FieldReading: Sendable, Equatable {
    case text(String)
    /// The event says nothing of it.
    case absent
    /// It may have had a value, which cannot be read: never the same as absent.
    case withheld(Withheld)
}

extension Event {
    /// How a text field reads. A personal field whose section is withheld is told so, unless its
    /// missing mark says that it had no value.
    public func reading(of name: String) -> FieldReading {
        if let text = data.text(name) { return .text(text) }
        guard let number = data.layout.number(of: name) else { return .absent }
        let field = data.layout.field(number)
        guard let reason = withheld[field.section] else { return .absent }
        if field.mark != nil && !withheld.fields.contains(number) { return .absent }
        return .withheld(reason)
    }

    /// `data` with the reason in the place of each withheld value that is known to have been there.
    /// For printing alone. Cost: O(members) a withheld field.
    public var shownData: DataRecord {
        var shown = data
        for number in withheld.fields {
            let field = data.layout.field(number)
            guard let reason = withheld[field.section] else { continue }
            _ = shown.add(.text(reason.word), number: number)
        }
        return shown
    }
}
