import Testing

@testable import ClearanceEvents

@Suite struct CatalogueTests {
    @Test("Every family of the house has its byte and every type is found by name and number")
    func families() {
        let bytes: [String: UInt16] = [
            "order": 1, "payment": 2, "waybill": 3, "proceeds": 4, "record": 5, "declare": 6,
            "inspect": 7, "release": 8, "return": 9, "refund": 10, "settle": 11, "move": 12,
            "risk": 13, "clock": 14, "match": 15, "rules": 16, "receipt": 17, "ledger": 18,
        ]
        for type in Catalogue.current.types {
            let family = String(type.name.prefix { $0 != "." })
            #expect(bytes[family] == type.code >> 8, "\(type.name)")
            #expect(Catalogue.current.type(named: type.name)?.code == type.code)
            #expect(Catalogue.current.type(code: type.code)?.name == type.name)
            #expect(!type.chinese.isEmpty)
        }
        #expect(Set(Catalogue.current.types.map { $0.name.prefix { $0 != "." } }).count == 18)
        #expect(Catalogue.current.types.count == 152)
    }

    @Test("Fields that hold records of a layout stay in the body, so that sections merge")
    func structure() {
        for layout in Catalogue.current.layouts.values {
            for field in layout.fields {
                switch field.kind {
                case .record, .list: #expect(field.section == .body)
                default: break
                }
                if field.mark != nil { #expect(field.section != .body) }
            }
        }
    }

    @Test("A withdrawal needs only the key of its paper")
    func withdrawal() {
        let type = Catalogue.current.type(named: "order.withdrawn")
        #expect(type?.required == [["orderNo"], ["ebpCode", "ebcCode"]])
        #expect(Catalogue.current.type(named: "declare.accepted")?.required == [])
    }

    @Test("A message's schema is remembered field by field")
    func origins() {
        let order = Catalogue.current.layout("order")
        let paid = order.fields.first { $0.name == "acturalPaid" }
        #expect(paid?.isMandatory(in: "CEB311") == true)
        #expect(paid?.isMandatory(in: "CEB303") == false)
    }
}
