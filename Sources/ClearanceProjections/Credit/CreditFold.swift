public import ClearanceEvents

/// What authorities recorded of an enterprise: one row an enterprise (`specs/credit.md`).
///
/// Records are rare beside papers, so that the row reads fields by name.
public struct CreditFold: KeyedFold {
    public typealias Group = Enterprises

    public static let name = "credit"
    public static let version: UInt16 = 1

    public init() {}

    public func begin() -> EnterpriseRow { EnterpriseRow() }

    public func apply(_ event: EventView, to row: inout EnterpriseRow) {
        switch event.type {
        case .recordEnterprise: row.registrations.append(CreditFold.registration(event))
        case .recordGrade: row.grades.append(CreditFold.grade(event))
        case .recordPenalty: row.penalties.append(CreditFold.penalty(event))
        case .recordPenaltyChanged: row.changes.append(CreditFold.change(event, "changed"))
        case .recordPenaltyRevoked: row.changes.append(CreditFold.change(event, "revoked"))
        case .recordPenaltyPaid: row.changes.append(CreditFold.change(event, "paid"))
        case .recordCount: row.counts.append(CreditFold.count(event))
        case .recordRepair: row.repairs.append(CreditFold.repair(event))
        case .recordListing: row.listings.append(CreditFold.listing(event))
        case .recordCredential: row.credentials.append(CreditFold.credential(event))
        default: break
        }
    }

    private static func registration(_ event: EventView) -> Registration {
        let (data, fields) = (event.data, CreditFields.enterprise)
        var record = Registration()
        (record.time, record.ref) = (event.time, event.identity.naturalKey.high)
        record.subject = subject(event)
        record.action = data.words(fields, "action")
        record.name = data.words(fields, "name")
        record.uscc = data.words(fields, "uscc")
        record.customsCode = data.words(fields, "customsCode")
        record.roles = data.list(fields["roles"])
        record.agency = data.words(fields, "agency")
        record.zoneCode = data.words(fields, "zoneCode")
        record.parkCode = data.words(fields, "parkCode")
        record.validFrom = data.day(fields["validFrom"])
        record.validTo = data.day(fields["validTo"])
        return record
    }

    private static func grade(_ event: EventView) -> GradeRecord {
        let (data, fields) = (event.data, CreditFields.grade)
        var record = GradeRecord()
        (record.time, record.ref) = (event.time, event.identity.naturalKey.high)
        record.agency = data.words(fields, "agency")
        record.scheme = data.words(fields, "scheme")
        record.grade = data.words(fields, "grade")
        record.stage = data.words(fields, "stage")
        record.decisionNo = data.words(fields, "decisionNo")
        record.decidedOn = data.day(fields["decidedOn"])
        record.effectiveFrom = data.day(fields["effectiveFrom"])
        record.effectiveTo = data.day(fields["effectiveTo"])
        return record
    }

    private static func penalty(_ event: EventView) -> PenaltyRecord {
        let (data, fields) = (event.data, CreditFields.penalty)
        var record = PenaltyRecord()
        (record.time, record.ref) = (event.time, event.identity.naturalKey.high)
        record.subject = subject(event)
        record.agency = data.words(fields, "agency")
        record.decisionNo = data.words(fields, "decisionNo")
        record.kind = data.words(fields, "kind")
        record.law = data.words(fields, "law")
        record.category = data.words(fields, "category")
        record.procedure = data.words(fields, "procedure")
        record.isSelfDisclosed = data.flag(fields["selfDisclosed"]) ?? false
        record.decidedOn = data.day(fields["decidedOn"])
        record.effectiveOn = data.day(fields["effectiveOn"])
        record.dueOn = data.day(fields["dueOn"])
        record.amount = data.decimal(fields["amount"])
        data.forEachRecord(fields["parties"]) { record.parties.append(party($0)) }
        return record
    }

    private static func party(_ data: RecordView) -> PenaltyRecord.Party {
        let fields = CreditFields.party
        var party = PenaltyRecord.Party()
        party.subject = data.words(fields, "subject")
        party.role = data.words(fields, "role")
        party.amount = data.decimal(fields["amount"])
        party.share = data.decimal(fields["share"])
        party.intent = data.words(fields, "intent")
        return party
    }

    private static func subject(_ event: EventView) -> String {
        guard let utf8 = try? UTF8Span(validating: event.subject) else { return "" }
        return String(copying: utf8)
    }
}

extension CreditFold {
    private static func change(_ event: EventView, _ kind: String) -> PenaltyChange {
        let (data, fields) = (event.data, CreditFields.change)
        var record = PenaltyChange()
        (record.time, record.ref) = (event.time, event.identity.naturalKey.high)
        record.kind = kind
        record.subject = subject(event)
        record.decisionNo = data.words(fields, "decisionNo")
        record.party = data.words(fields, "party")
        record.newAmount = data.decimal(fields["newAmount"])
        record.amount = data.decimal(fields["amount"])
        record.on = data.day(fields[kind == "paid" ? "paidOn" : "on"])
        return record
    }

    private static func count(_ event: EventView) -> CountRecord {
        let (data, fields) = (event.data, CreditFields.count)
        var record = CountRecord()
        (record.time, record.ref) = (event.time, event.identity.naturalKey.high)
        record.what = data.words(fields, "what")
        record.year = Int64(data.integer(fields["year"]) ?? 0)
        record.value = data.decimal(fields["value"])
        record.by = data.words(fields, "by")
        return record
    }

    private static func repair(_ event: EventView) -> RepairRecord {
        let (data, fields) = (event.data, CreditFields.repair)
        var record = RepairRecord()
        (record.time, record.ref) = (event.time, event.identity.naturalKey.high)
        record.agency = data.words(fields, "agency")
        record.step = data.words(fields, "step")
        record.of = data.words(fields, "of")
        record.on = data.day(fields["on"])
        return record
    }

    private static func listing(_ event: EventView) -> ListingRecord {
        let (data, fields) = (event.data, CreditFields.listing)
        var record = ListingRecord()
        (record.time, record.ref) = (event.time, event.identity.naturalKey.high)
        record.list = data.words(fields, "list")
        record.action = data.words(fields, "action")
        record.roles = data.list(fields["roles"])
        record.authority = data.words(fields, "authority")
        record.validFrom = data.day(fields["validFrom"])
        record.validTo = data.day(fields["validTo"])
        return record
    }

    private static func credential(_ event: EventView) -> CredentialRecord {
        let (data, fields) = (event.data, CreditFields.credential)
        var record = CredentialRecord()
        (record.time, record.ref) = (event.time, event.identity.naturalKey.high)
        record.kind = data.words(fields, "kind")
        record.number = data.words(fields, "number")
        record.issuer = data.words(fields, "issuer")
        record.validFrom = data.day(fields["validFrom"])
        record.validTo = data.day(fields["validTo"])
        return record
    }
}
