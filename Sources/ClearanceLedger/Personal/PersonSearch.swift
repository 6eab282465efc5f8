import ClearanceEvents
import ClearanceStore

/// Finds the entries that hold what is sealed about a person, by marks alone.
///
/// An entry is the person's when (a) it has the mark of the identity number, the person as its
/// subject or among those that it is about, or names the person in a list; (b) it names no other
/// identity number and has a name and a telephone, registration or account number that stand
/// beside the person's number elsewhere; (c) it is about the order, paper or list of such an entry
/// and marks nobody else. Of another's entry only the consignee's section can be the person's: (d)
/// it has the name and the telephone. Cost: one pass over the log's marks when there is nothing,
/// else two; a third up to the last paper that only (b) knows, and up to three more for sections
/// of consignees that need them; some 200 ns an entry each. A wish to be erased is rare, and
/// postings of every mark would be paid by every append.
struct PersonSearch {
    /// What is sealed about the person in one entry.
    struct Found: Sendable, Equatable {
        let position: UInt64
        let type: EventType
        /// The event's time, and that of the last one found about its subject.
        var time: Int64
        let subject: Digest16
        /// The slot of the buyer's section, when that is the person's.
        var buyer: UInt64?
        /// The slot of the consignee's section, when that is the person's.
        var consignee: UInt64?

        /// The slots of the person's sections.
        var slots: [UInt64] { [buyer, consignee].compactMap { $0 } }
    }

    private static let date = Catalogue.field("day.date")
    private static let refusal: UInt16 = 0x1201

    private let person: Digest16
    let subject: [UInt8]
    private let key: SipKey
    private var opener: VaultOpener
    var found: [UInt64: Found] = [:]
    /// The sections of consignees in what was found, and what is known of such sections.
    var consignees = ConsigneeSections()
    /// The greatest day that the log says has ended.
    private(set) var day: CivilDay?
    private(set) var names: Set<Digest16> = []
    private(set) var numbers: Set<Digest16> = []
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
        try look(log, end) { search, view, position in
            if search.isNamed(view) { search.add(view, at: position) }
        }
        guard !found.isEmpty || !subjects.isEmpty else { return }
        let known = subjects.count
        try look(log, end) { search, view, position in
            guard search.found[position] == nil else { return }
            if search.isDescribed(view) || search.isAboutTheSame(view) {
                search.add(view, at: position)
            } else {
                search.addConsigned(view, at: position)
            }
        }
        if subjects.count > known {
            // What stands before the paper that it is about was passed by.
            try look(log, learntAt) { search, view, position in
                let isPassedBy =
                    search.found[position] == nil || search.consignees.others.contains(position)
                guard isPassedBy, search.isAboutTheSame(view) else { return }
                search.consignees.others.remove(position)
                search.add(view, at: position)
            }
        }
        try findConsignees(log, through: end)
        found = found.filter { !$0.value.slots.isEmpty }
        var last: [Digest16: Int64] = [:]
        for entry in found.values {
            last[entry.subject] = max(last[entry.subject] ?? .min, entry.time)
        }
        for position in found.keys {
            guard let entry = found[position] else { continue }
            found[position]?.time = max(
                last[entry.subject] ?? entry.time, consignees.last[entry.subject] ?? .min)
        }
    }

    /// Hands every entry to a closure.
    mutating func look(
        _ log: LogReader, _ end: UInt64, _ body: (inout PersonSearch, EventView, UInt64) -> Void
    ) throws(LedgerError) {
        var search = self
        try storing { () throws(StoreError) in
            try log.forEach(from: 1, through: end) { (position, bytes) in
                if let view = try? EventView(bytes) { body(&search, view, position) }
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
        if let recipient = ConsigneeSections.Recipient(view) {
            consignees.own[position] = (recipient, view.subject.isEqual(to: subject.span))
        }
        found[position] = Found(
            position: position, type: view.type, time: view.time, subject: key,
            buyer: view.slot(of: .buyer))
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
