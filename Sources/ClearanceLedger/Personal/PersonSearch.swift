import ClearanceEvents
import ClearanceStore

/// Finds the entries that hold what is sealed about a person, by marks alone.
///
/// An entry is the person's when (a) it has the mark of the identity number, the person as its
/// subject or among those that it is about, or names the person in a list; (b) it names no other
/// identity number and has a name and a telephone, registration or account number that stand
/// beside the person's number elsewhere; (c) it is about the order, paper or list of such an entry
/// and marks nobody else. Cost: one pass over the log's marks when there is nothing, else two, and
/// a third up to the last paper that only (b) knows; some 200 ns an entry each. A wish to be
/// erased is rare, and postings of every mark would be paid by every append.
struct PersonSearch {
    /// What is sealed about the person in one entry.
    struct Found: Sendable, Equatable {
        let position: UInt64
        let type: EventType
        /// The event's time, and that of the last one found about its subject.
        var time: Int64
        let subject: Digest16
        /// The slots of the person's sections.
        let slots: [UInt64]
    }

    private static let date = Catalogue.field("day.date")
    private static let refusal: UInt16 = 0x1201

    private let person: Digest16
    private let subject: [UInt8]
    private let key: SipKey
    private var opener: VaultOpener
    private(set) var found: [UInt64: Found] = [:]
    /// The greatest day that the log says has ended.
    private(set) var day: CivilDay?
    private var names: Set<Digest16> = []
    private var numbers: Set<Digest16> = []
    private var subjects: Set<Digest16> = []
    /// The position at which a subject was last learnt.
    private var learntAt: UInt64 = 0

    init(person: Digest16, key: SipKey, opener: VaultOpener) {
        self.person = person
        self.key = key
        self.opener = opener
        subject = Array("person:\(person.hex)".utf8)
        numbers = [person]
    }

    /// Looks through the log. Throws when it cannot be read.
    mutating func run(_ log: LogReader, through end: UInt64) throws(LedgerError) {
        try pass(log, end) { search, view in search.isNamed(view) }
        guard !found.isEmpty || !subjects.isEmpty else { return }
        let known = subjects.count
        try pass(log, end) { search, view in
            search.isDescribed(view) || search.isAboutTheSame(view)
        }
        if subjects.count > known {
            // What stands before the paper that it is about was passed by.
            try pass(log, learntAt) { search, view in search.isAboutTheSame(view) }
        }
        var last: [Digest16: Int64] = [:]
        for entry in found.values {
            last[entry.subject] = max(last[entry.subject] ?? .min, entry.time)
        }
        for position in found.keys {
            guard let entry = found[position] else { continue }
            found[position]?.time = last[entry.subject] ?? entry.time
        }
    }

    private mutating func pass(
        _ log: LogReader, _ end: UInt64, _ belongs: (inout PersonSearch, EventView) -> Bool
    ) throws(LedgerError) {
        var search = self
        try storing { () throws(StoreError) in
            try log.forEach(from: 1, through: end) { (position, bytes) in
                guard search.found[position] == nil, let view = try? EventView(bytes),
                    belongs(&search, view)
                else { return true }
                search.add(view, at: position)
                return true
            }
        }
        self = search
    }

    /// (a) Also a refused request whose own entry names the person.
    private mutating func isNamed(_ view: EventView) -> Bool {
        if view.type == .clockDay, let ended = view.data.day(PersonSearch.date) {
            day = max(day ?? ended, ended)
        }
        if hasMark(view, .identity, of: [person]) || view.subject.isEqual(to: subject.span) {
            learn(view)
            return true
        }
        if isListed(view) { return true }
        guard view.type.code == PersonSearch.refusal, let event = try? Event(view, opener: &opener),
            let content = event.data.text("content"), let bytes = [UInt8](hexadecimal: content),
            let inner = try? EventView(bytes.span)
        else { return false }
        return hasMark(inner, .identity, of: [person]) || isListed(inner)
    }

    /// (a) Whether the person stands among those that the entry is about, or in a list of persons.
    /// Nothing is learnt there: what stands beside may be another's.
    private mutating func isListed(_ view: EventView) -> Bool {
        guard let places = PersonPlaces.ofTypes[view.type.code] else { return false }
        if places.names(subject.span, in: view.data) { return true }
        guard places.hasLists, let event = try? Event(view, opener: &opener) else { return false }
        return places.names(number: person, key: key, in: event.data)
    }

    /// (b)
    private func isDescribed(_ view: EventView) -> Bool {
        numbers.count > 1 && !namesAnother(view) && hasMark(view, .exact, of: names)
            && hasMark(view, .exact, of: numbers)
    }

    /// (c)
    private func isAboutTheSame(_ view: EventView) -> Bool {
        guard subjects.contains(LinkKey.subject(view.subject)), !namesAnother(view),
            let layout = view.definition?.layout
        else { return false }
        var marksAnother = false
        view.forEachMark { number, way, mark in
            guard way == .exact, number >= 1, Int(number) <= layout.fields.count,
                layout.field(number).section == .buyer
            else { return true }
            marksAnother = !names.contains(mark) && !numbers.contains(mark)
            return !marksAnother
        }
        return !marksAnother
    }

    private func namesAnother(_ view: EventView) -> Bool {
        var namesAnother = false
        view.forEachMark { _, way, mark in
            namesAnother = way == .identity && mark != person
            return !namesAnother
        }
        return namesAnother
    }

    private func hasMark(
        _ view: EventView, _ wanted: MarkNormalisation, of marks: Set<Digest16>
    ) -> Bool {
        var isThere = false
        view.forEachMark { _, way, mark in
            isThere = way == wanted && marks.contains(mark)
            return !isThere
        }
        return isThere
    }

    /// Takes the names and numbers that stand beside the person's own number.
    private mutating func learn(_ view: EventView) {
        guard let layout = view.definition?.layout else { return }
        var (names, numbers) = (self.names, self.numbers)
        view.forEachMark { number, way, mark in
            guard way == .exact, number >= 1, Int(number) <= layout.fields.count,
                layout.field(number).section == .buyer
            else { return true }
            let name = layout.field(number).name
            if name.hasSuffix("elephone") || name == "buyerRegNo" || name == "account" {
                numbers.insert(mark)
            } else {
                names.insert(mark)
            }
            return true
        }
        (self.names, self.numbers) = (names, numbers)
    }

    private mutating func add(_ view: EventView, at position: UInt64) {
        let key = LinkKey.subject(view.subject)
        if PersonSearch.isOnePersons(view.subject), subjects.insert(key).inserted {
            learntAt = position
        }
        var slots: [UInt64] = []
        for section in [Section.buyer, .consignee] {
            guard let slot = view.slot(of: section) else { continue }
            if section == .buyer || isPersons(view, section) { slots.append(slot) }
        }
        guard !slots.isEmpty else { return }
        found[position] = Found(
            position: position, type: view.type, time: view.time, subject: key, slots: slots)
    }

    /// Whether what is marked in a section is the person's: the consignee may be somebody else.
    private func isPersons(_ view: EventView, _ section: Section) -> Bool {
        guard let layout = view.definition?.layout else { return false }
        if view.subject.isEqual(to: subject.span) { return true }
        var isPersons = false
        view.forEachMark { number, way, mark in
            guard way == .exact, number >= 1, Int(number) <= layout.fields.count,
                layout.field(number).section == section
            else { return true }
            isPersons = names.contains(mark) || numbers.contains(mark)
            return !isPersons
        }
        return isPersons
    }

    /// Whether a subject is of the kinds that concern one buyer: not a firm, a book, a list of
    /// many parcels.
    private static func isOnePersons(_ subject: Span<UInt8>) -> Bool {
        switch Subject(String(decoding: Array(copying: subject), as: UTF8.self)).scheme {
        case .order, .payment, .waybill, .proceeds, .declaration, .pre, .list, .cancel,
            .goodsReturn, .tax, .person:
            true
        default: false
        }
    }
}
