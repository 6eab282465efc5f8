import Testing

@testable import ClearanceEvents

/// Which fields are personal: every one is named here, with its section and its marks, so that a
/// new field is a decision and never an oversight (`specs/personal.md`, what is personal).
@Suite struct PersonalFieldTests {
    /// Names that are personal wherever they stand, by section.
    private static let buyer: Set<String> = [
        // persons: buyer, payer, parties, officers, inspectors, witnesses
        "buyerName", "payerName", "legalRepresentative", "payer", "payee", "inspectors", "present",
        "witness",
        // numbers by which a person is known or reached
        "buyerIdNumber", "payerIdNumber", "idNumber", "buyerRegNo", "buyerTelephone", "telephone",
        "ebcTelephone", "recpAccount", "account",
        // free text: anything may be written there
        "note", "reason", "returnInfo", "oriBizMessage", "initalRequest", "initalResponse",
        "extendMessage",
    ]
    private static let consignee: Set<String> = [
        "consignee", "consigneeTelephone", "consigneeAddress",
    ]
    /// Names that are personal in some layouts only, and goods, firms or codes in the others.
    private static let buyerPaths: Set<String> = [
        "waybill.goodsInfo", "identity.name", "party.name", "forex.name", "document.name",
        "inspectionFinding.declared", "inspectionFinding.found", "decision.by", "ledgerAct.by",
        "refusal.content",
    ]

    @Test("Every personal field lies in its sealed section, and no other field does")
    func sections() {
        var seen: Set<String> = []
        for layout in Catalogue.current.layouts.values {
            for field in layout.fields {
                let path = "\(layout.name).\(field.name)"
                let wanted: Section =
                    PersonalFieldTests.consignee.contains(field.name)
                    ? .consignee
                    : PersonalFieldTests.buyer.contains(field.name)
                        || PersonalFieldTests.buyerPaths.contains(path) ? .buyer : .body
                #expect(field.section == wanted, "\(path)")
                if wanted != .body { seen.formUnion([field.name, path]) }
            }
        }
        let named = PersonalFieldTests.buyer.union(PersonalFieldTests.consignee)
        #expect(named.union(PersonalFieldTests.buyerPaths).subtracting(seen) == [])
    }

    @Test("A text of the body whose name speaks of a person is a firm, a site or a thing")
    func words() {
        // Whoever adds a field with such a name must put it here or seal it.
        let harmless: Set<String> = [
            "ebpName", "ebcName", "agentName", "ownerName", "iacName", "logisticsName", "areaName",
            "payName", "recpName", "operatorName", "declAgentName", "copName", "trafName",
            "itemName", "gname", "mergedNames", "enterprise.name", "ledgerAct.name",
            "auditRatio.name", "dxpAddress", "itemNameFlag",
        ]
        let words = ["name", "person", "address", "telephone", "phone", "mail", "account"]
        for layout in Catalogue.current.layouts.values {
            for field in layout.fields where field.section == .body {
                let name = field.name.lowercased()
                guard words.contains(where: { name.hasSuffix($0) || name.hasPrefix($0) }),
                    field.kind != .date, field.kind != .time
                else { continue }
                let path = "\(layout.name).\(field.name)"
                #expect(harmless.contains(field.name) || harmless.contains(path), "\(path)")
            }
        }
    }

    @Test("What a person is found or matched by has a mark")
    func marks() {
        let unmarked: Set<String> = ["ebcTelephone"]
        let found = [
            "buyerName", "payerName", "legalRepresentative", "payer", "payee", "buyerIdNumber",
            "payerIdNumber", "idNumber", "buyerRegNo", "buyerTelephone", "telephone",
            "recpAccount", "account", "consignee", "consigneeTelephone", "consigneeAddress",
        ]
        for layout in Catalogue.current.layouts.values {
            for field in layout.fields where found.contains(field.name) {
                #expect(field.mark != nil, "\(layout.name).\(field.name)")
                #expect((field.mark == .identity) == field.name.lowercased().hasSuffix("idnumber"))
            }
            for field in layout.fields where unmarked.contains(field.name) {
                #expect(field.mark == nil)
            }
        }
    }

    @Test("An unknown member, anywhere in data, lies in the buyer's section")
    func unknown() throws {
        var event = Event(
            "order.submitted", subject: "order:E/1", time: Instant(microseconds: 0),
            source: "urn:test", id: "1")
        event.data["orderNo"] = .text("1")
        event.data["buyerMail"] = .text("PRIVATE-A")
        var item = DataRecord(Catalogue.current.layout("orderItem"))
        item["itemName"] = .text("cream")
        item["engraving"] = .text("PRIVATE-B")
        event.data["items"] = .list([.record(item)])
        let bytes = Encoded.bytes(event)
        let view = try EventView(bytes.span)
        let clear = Array(bytes.prefix(bytes.count - view.trailer.count))
        #expect(Encoded.contains(clear, "cream"))
        #expect(!Encoded.contains(clear, "PRIVATE"))
        #expect(!Encoded.contains(clear, "engraving") && !Encoded.contains(clear, "buyerMail"))
        #expect(try Event(view) == event)
    }
}
