/// Enterprises under all their codes, with what is recorded, decided and listed of them.
///
/// Persons who are graded, listed or party to a case are things of their own here. The rules:
/// `specs/aliases.md`, enterprises.
public enum Enterprises: Grouping {
    public static let name = "enterprise"
    public static let version: UInt16 = 1

    private static let enterpriseSpace: StaticString = "enterprise"
    private static let personSpace: StaticString = "person"
    private static let caseSpace: StaticString = "case"

    private static let uscc = Catalogue.field("enterprise.uscc")
    private static let customsCode = Catalogue.field("enterprise.customsCode")
    private static let penaltyParties = Catalogue.field("penalty.parties")
    private static let caseParties = Catalogue.field("case.parties")
    private static let partySubject = Catalogue.field("party.subject")
    private static let changedParty = Catalogue.field("penaltyChange.party")

    public static func links(of event: EventView, into sink: inout LinkSink) {
        let type = event.type
        if type == .recordEnterprise {
            let data = event.data
            if let key = LinkScan.key(enterpriseSpace, data.text(uscc)) { sink.joins(key) }
            if let key = LinkScan.key(enterpriseSpace, data.text(customsCode)) { sink.joins(key) }
            tie(event.subject, isJoined: true, into: &sink)
        } else if type == .recordPenalty || type == .recordCase {
            let list = type == .recordCase ? caseParties : penaltyParties
            var found = sink
            event.data.forEachRecord(list) {
                tie($0.text(partySubject), isJoined: false, into: &found)
            }
            sink = found
            tie(event.subject, isJoined: false, into: &sink)
        } else if type == .recordPenaltyChanged || type == .recordPenaltyRevoked
            || type == .recordPenaltyPaid
        {
            tie(event.data.text(changedParty), isJoined: false, into: &sink)
            tie(event.subject, isJoined: false, into: &sink)
        } else if type.code >> 8 == 0x05 || type == .inspectAudited {
            tie(event.subject, isJoined: false, into: &sink)
        }
    }

    public static func links(ofSubject subject: Span<UInt8>, into sink: inout LinkSink) {
        tie(subject, isJoined: false, into: &sink)
    }

    private static func tie(
        _ subject: Span<UInt8>, isJoined: Bool, into sink: inout LinkSink
    ) {
        let colon = LinkScan.index(of: 0x3A, in: subject)
        guard colon < subject.count else { return }
        let scheme = subject.extracting(0..<colon)
        let rest = subject.extracting((colon + 1)..<subject.count)
        if LinkScan.equals(scheme, "enterprise") {
            guard let key = LinkScan.encodedKey(enterpriseSpace, rest) else { return }
            if isJoined { sink.joins(key) } else { sink.concerns(key) }
        } else if LinkScan.equals(scheme, "person") {
            guard let key = LinkScan.encodedKey(personSpace, rest) else { return }
            sink.concerns(key)
        } else if LinkScan.equals(scheme, "case") {
            let slash = LinkScan.index(of: 0x2F, in: rest)
            guard slash < rest.count else { return }
            let number = rest.extracting((slash + 1)..<rest.count)
            if let key = LinkScan.encodedKey(caseSpace, rest.extracting(0..<slash), number) {
                sink.via(key)
            }
        }
    }
}
