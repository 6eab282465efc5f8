import ClearanceEvents

/// The sections of consignees that a search for a person met: whose they are shows only when all
/// names, telephones and addresses of the person are known.
struct ConsigneeSections {
    /// What the marks of one such section say.
    struct Recipient {
        let slot: UInt64
        private(set) var names: [Digest16] = []
        private(set) var telephones: [Digest16] = []
        private(set) var addresses: [Digest16] = []
        /// The order that the entry is about, by its number.
        private(set) var order: Digest16?

        /// Nil when the entry has no such section.
        init?(_ view: EventView) {
            guard let slot = view.slot(of: .consignee), let layout = view.definition?.layout
            else { return nil }
            self.slot = slot
            view.forEachMark { number, way, mark in
                guard way == .exact, number >= 1, Int(number) <= layout.fields.count else {
                    return true
                }
                switch layout.field(number).name {
                case "consignee": names.append(mark)
                case "consigneeTelephone": telephones.append(mark)
                case "consigneeAddress": addresses.append(mark)
                default: break
                }
                return true
            }
            if let number = layout.fields.first(where: { $0.name == "orderNo" })?.ref {
                let text = view.data.text(number)
                if !text.isEmpty { order = LinkKey.of("order", text) }
            }
        }

        /// Whether it says who gets the parcel; a list has an address alone.
        var isNamed: Bool { !names.isEmpty || !telephones.isEmpty }
    }

    /// Those in entries that are the person's, by position, and whether the subject is the person.
    var own: [UInt64: (recipient: Recipient, isSubject: Bool)] = [:]
    /// Entries of others of which only this section is the person's.
    var others: Set<UInt64> = []
    /// What others sent to the person: the orders' numbers, and the subjects.
    var orders: Set<Digest16> = []
    var subjects: Set<Digest16> = []
    /// Where the person gets parcels.
    var addresses: Set<Digest16> = []
    /// The last time at which something was said about one of ``subjects``.
    var last: [Digest16: Int64] = [:]
}

extension PersonSearch {
    /// (d) The consignee's section of another's entry, when name and telephone are the person's.
    mutating func addConsigned(_ view: EventView, at position: UInt64) {
        guard numbers.count > 1, let recipient = ConsigneeSections.Recipient(view),
            recipient.names.contains(where: names.contains),
            recipient.telephones.contains(where: numbers.contains)
        else { return }
        if let order = recipient.order { consignees.orders.insert(order) }
        consignees.addresses.formUnion(recipient.addresses)
        add(recipient, of: view, at: position)
    }

    /// Decides whose the sections of consignees are, once every name and telephone is known.
    mutating func findConsignees(
        _ log: LogReader, through end: UInt64
    ) throws(LedgerError) {
        for (position, section) in consignees.own where section.recipient.isNamed {
            let recipient = section.recipient
            guard
                section.isSubject || recipient.names.contains(where: names.contains)
                    || recipient.telephones.contains(where: numbers.contains)
            else { continue }
            found[position]?.consignee = recipient.slot
            consignees.addresses.formUnion(recipient.addresses)
        }
        if !consignees.orders.isEmpty, !consignees.addresses.isEmpty {
            // The lists of what others sent to the person have the address alone.
            try look(log, end) { search, view, position in
                search.addAddressed(view, at: position)
            }
        }
        var unknown: Set<Digest16> = []
        let nameless = consignees.own.filter { !$0.value.recipient.isNamed }
        for (_, section) in nameless
        where !section.recipient.addresses.contains(where: consignees.addresses.contains) {
            unknown.formUnion(section.recipient.addresses)
        }
        let taken = try addressesOfOthers(unknown, log, through: end)
        for (position, section) in nameless {
            let addresses = section.recipient.addresses
            guard
                section.isSubject || addresses.contains(where: consignees.addresses.contains)
                    || !addresses.contains(where: taken.contains)
            else { continue }
            found[position]?.consignee = section.recipient.slot
        }
    }

    private mutating func addAddressed(_ view: EventView, at position: UInt64) {
        guard found[position] == nil, let recipient = ConsigneeSections.Recipient(view),
            !recipient.isNamed, let order = recipient.order, consignees.orders.contains(order),
            recipient.addresses.contains(where: consignees.addresses.contains)
        else { return }
        add(recipient, of: view, at: position)
    }

    private mutating func add(
        _ recipient: ConsigneeSections.Recipient, of view: EventView, at position: UInt64
    ) {
        let key = LinkKey.subject(view.subject)
        consignees.subjects.insert(key)
        consignees.others.insert(position)
        found[position] = Found(
            position: position, type: view.type, time: view.time, subject: key,
            consignee: recipient.slot)
    }

    /// Which addresses stand beside another's name, and when something was last said about what
    /// others sent to the person.
    private mutating func addressesOfOthers(
        _ unknown: Set<Digest16>, _ log: LogReader, through end: UInt64
    ) throws(LedgerError) -> Set<Digest16> {
        var taken: Set<Digest16> = []
        if unknown.isEmpty, consignees.subjects.isEmpty { return taken }
        try look(log, end) { search, view, _ in
            let key = LinkKey.subject(view.subject)
            if search.consignees.subjects.contains(key) {
                search.consignees.last[key] = max(
                    search.consignees.last[key] ?? .min, view.time)
            }
            guard !unknown.isEmpty, let recipient = ConsigneeSections.Recipient(view),
                recipient.isNamed
            else { return }
            taken.formUnion(recipient.addresses.filter(unknown.contains))
        }
        return taken
    }
}
