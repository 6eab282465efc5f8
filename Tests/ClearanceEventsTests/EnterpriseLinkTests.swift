import ClearanceEvents
import Testing

@Suite struct EnterpriseLinkTests {
    private func one(_ role: LinkSink.Role, _ space: StaticString, _ name: String)
        -> LinkSink.Link
    {
        LinkSink.Link(role: role, key: LinkKey.of(space, name))
    }

    private func file(_ subject: String) -> LinkSink.Link? {
        Subject(subject).links(Enterprises.self).via.first.map {
            LinkSink.Link(role: .via, key: $0)
        }
    }

    @Test("A registration joins the social credit code and the customs code")
    func registration() {
        let found = Encoded.links(
            "record.enterprise", "enterprise:U1",
            ["uscc": .text("U1"), "customsCode": .text("C1")], in: Enterprises.self)
        #expect(found == [one(.joins, "enterprise", "U1"), one(.joins, "enterprise", "C1")])
    }

    @Test("Grades, listings and audits concern the enterprise of their subject")
    func records() {
        for type in ["record.grade", "record.listing", "record.repair", "inspect.audited"] {
            #expect(
                Encoded.links(type, "enterprise:U1", in: Enterprises.self)
                    == [one(.concerns, "enterprise", "U1")])
        }
        #expect(Encoded.links("order.submitted", "order:P/1", in: Enterprises.self) == [])
    }

    @Test("A penalty concerns each party and goes via its case, and so does its payment")
    func penalty() {
        let parties = DataValue.list([
            Encoded.record("party", ["subject": "enterprise:U1"]),
            Encoded.record("party", ["subject": "enterprise:U2"]),
        ])
        let found = Encoded.links(
            "record.penalty", "case:customs/1", ["parties": parties], in: Enterprises.self)
        #expect(found.count == 3)
        #expect(found.contains(one(.concerns, "enterprise", "U1")))
        #expect(found.contains(one(.concerns, "enterprise", "U2")))
        let paid = Encoded.links("record.penaltyPaid", "case:customs/1", in: Enterprises.self)
        #expect(file("case:customs/1").map { paid == [$0] } == true)
        #expect(paid.isSubset(of: found))
    }
}
