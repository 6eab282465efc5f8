import ClearanceEvents
import Seeded
import Testing

@testable import ClearanceProjections

@Suite struct TraceTests {
    /// A direct import with all its papers, arrival, release, tax, delivery and a return.
    private func trade() -> Life {
        var life = Life()
        life.say(
            "order.submitted", "order:EBP1/NO1", "2026-03-01T08:00:00",
            [
                "orderNo": "NO1", "ebpCode": "EBP1", "ebcCode": "EBC1", "acturalPaid": "200",
                "currency": "142", "buyerName": "测试",
                "buyerIdNumber": "110101190001010006",
            ])
        life.say(
            "payment.submitted", "payment:PAY1/T1", "2026-03-01T08:00:05",
            [
                "payCode": "PAY1", "payTransactionId": "T1", "orderNo": "NO1",
                "ebpCode": "EBP1", "amountPaid": "200", "currency": "142",
            ])
        life.say(
            "waybill.submitted", "waybill:LOG1/W1", "2026-03-01T08:30:00",
            ["logisticsCode": "LOG1", "logisticsNo": "W1", "orderNo": "NO1", "weight": "1"])
        life.say(
            "move.arrived", "arrival:OP1/A1", "2026-03-01T08:50:00",
            ["logisticsCode": "LOG1", "operatorCode": "OP1", "billNo": "B1", "loctNo": "S1"],
            ["items": Life.records("movementItem", [["gnum": "1", "logisticsNo": "W1"]])])
        var line = Life.line(gcode: "1901101000")
        line["itemNo"] = "SKU1"
        line["gname"] = "奶粉"
        line["lot"] = "L7"
        line["barCode"] = "690"
        life.declare("2026-03-01T09:00:00", mode: "9610", lines: [line])
        life.receipt("declare.accepted", "120", "2026-03-01T09:00:20")
        life.inspect("2026-03-01T09:30:00", ["customs"])
        life.conclude("2026-03-01T10:00:00", "customs")
        life.receipt("release.granted", "800", "2026-03-01T11:00:00")
        life.tax("settle.taxAssessed", "1", "2026-03-01T11:00:01", sums: true)
        life.say(
            "move.delivered", "waybill:LOG1/W1", "2026-03-02T12:00:00",
            ["logisticsCode": "LOG1", "logisticsNo": "W1", "logisticsStatus": "S"])
        life.requestReturn("2026-03-10T09:00:00", qty: "1")
        return life
    }

    private func items(_ life: Life) -> [TraceBuilder.Item] {
        life.events.enumerated().map { (position: UInt64($0 + 1), event: $1) }
    }

    private let list = "list:460020260I00000001"

    @Test("Every paper, place and holder of a trade is a node with its events")
    func nodes() throws {
        let graph = try TraceBuilder.graph(of: "order:EBP1/NO1", items(trade()))
        let kinds = Dictionary(graph.nodes.map { ($0.id, $0.kind) }, uniquingKeysWith: { $1 })
        #expect(
            kinds == [
                "order:EBP1/NO1": .order, "payment:PAY1/T1": .payment,
                "waybill:LOG1/W1": .waybill, "arrival:OP1/A1": .arrival, list: .list,
                list + "#inspection": .inspection, list + "#release": .release,
                "tax:TX1": .tax, "return:AG1/R1": .goodsReturn, "goods:SKU1": .goods,
                "lot:690/L7": .lot, "site:S1": .site, "person:@": .person,
                "enterprise:LOG1": .enterprise, "enterprise:OP1": .enterprise,
            ])
        let node = try #require(graph.nodes.first { $0.id == list })
        #expect(node.subjects == ["declaration:AG1/COP1", list, "pre:PRE1"])
        #expect(node.events == [5, 6, 7, 8, 9])
        #expect(node.from == "2026-03-01T09:00:00+08:00")
        let waybill = try #require(graph.nodes.first { $0.kind == .waybill })
        #expect(waybill.holder == "person:@")
        #expect(waybill.until == "2026-03-02T12:00:00+08:00")
        #expect(graph.nodes.first { $0.kind == .goods }?.place == "116")
    }

    @Test("Edges run from the source to what came of it")
    func edges() throws {
        let graph = try TraceBuilder.graph(of: list, items(trade()))
        let drawn = Set(graph.edges.map { "\($0.from) \($0.kind) \($0.to)" })
        for edge in [
            "order:EBP1/NO1 paidBy payment:PAY1/T1", "order:EBP1/NO1 carriedBy waybill:LOG1/W1",
            "order:EBP1/NO1 declaredBy \(list)", "waybill:LOG1/W1 declaredBy \(list)",
            "waybill:LOG1/W1 arrivedBy arrival:OP1/A1", "goods:SKU1 soldIn \(list)",
            "lot:690/L7 madeInto \(list)", "\(list) taxedBy tax:TX1",
            "\(list) returnedBy return:AG1/R1", "\(list) inspectedBy \(list)#inspection",
            "waybill:LOG1/W1 deliveredTo person:@",
        ] { #expect(drawn.contains(edge), "\(edge)") }
        let sold = graph.edges.first { $0.kind == "soldIn" }
        #expect(sold?.quantity == "2")
        #expect(sold?.unit == "140")
        #expect(graph.gaps == [])
    }

    @Test("Any alias names the node, and the order of events has no meaning")
    func aliases() throws {
        let all = items(trade())
        let graph = try TraceBuilder.graph(of: "pre:PRE1", all)
        #expect(graph.subject == list)
        var random = SeededGenerator(seed: 3)
        for _ in 0..<10 {
            #expect(
                try TraceBuilder.graph(of: "pre:PRE1", all.shuffled(using: &random)) == graph)
        }
    }

    @Test("Back finds the origin, forward the delivery, and neither the other")
    func walks() throws {
        let all = items(trade())
        let back = try TraceBuilder.graph(of: list, all, walk: .back)
        #expect(
            Set(back.nodes.map(\.kind)) == [.list, .order, .waybill, .goods, .lot])
        let forward = try TraceBuilder.graph(of: list, all, walk: .forward)
        #expect(
            Set(forward.nodes.map(\.kind)) == [.list, .inspection, .release, .tax, .goodsReturn])
        let lot = try TraceBuilder.graph(of: "lot:690/L7", all, walk: .forward)
        #expect(lot.nodes.contains { $0.id == list })
        #expect(!lot.nodes.contains { $0.kind == .order })
    }

    @Test("A walk never goes on behind an enterprise or a person")
    func ends() throws {
        let forward = try TraceBuilder.graph(
            of: "waybill:LOG1/W1", items(trade()), walk: .forward)
        #expect(forward.nodes.contains { $0.kind == .person })
        #expect(forward.nodes.contains { $0.kind == .enterprise })
        #expect(!forward.nodes.contains { $0.kind == .order })
    }

    @Test("Those who answer stand by time and role, the custodian with its interval")
    func responsible() throws {
        let graph = try TraceBuilder.graph(of: list, items(trade()))
        #expect(
            graph.responsible.map { "\($0.role) \($0.party)" } == [
                "seller enterprise:EBC1", "platform enterprise:EBP1",
                "payment enterprise:PAY1", "carrier enterprise:LOG1",
                "custodian enterprise:OP1", "declarant enterprise:AG1",
                "withholder enterprise:EBP1", "importer enterprise:EBC1",
            ])
        let custodian = graph.responsible.first { $0.role == "custodian" }
        #expect(custodian?.from == "2026-03-01T08:50:00+08:00")
        #expect(custodian?.until == "2026-03-01T11:00:00+08:00")
    }

    @Test("What is not there is a gap, never joined silently")
    func gaps() throws {
        let bare = try TraceBuilder.graph(of: list, items(.released(mode: "9610")))
        #expect(bare.gaps.map(\.code) == ["noOrder", "noPayment", "noWaybill", "noDelivery"])
        var life = Life()
        life.receipt("declare.accepted", "120", "2026-03-01T09:00:20")
        life.receipt("release.granted", "800", "2026-03-01T11:00:00")
        let codes = try TraceBuilder.graph(of: list, items(life)).gaps.map(\.code)
        #expect(codes.contains("noList"))
        #expect(codes.contains("noHolder"))
        var early = trade()
        early.drop(from: 8)
        early.say(
            "move.delivered", "waybill:LOG1/W1", "2026-03-02T12:00:00",
            ["logisticsCode": "LOG1", "logisticsNo": "W1"])
        #expect(
            try TraceBuilder.graph(of: list, items(early)).gaps.map(\.code) == ["noRelease"])
    }

    @Test("A named holder outranks what follows from other facts")
    func named() throws {
        var life = trade()
        life.say(
            "move.transferred", "waybill:LOG1/W1", "2026-03-01T11:00:00",
            ["holder": "LOG2", "logisticsNo": "W1", "place": "仓库"])
        let graph = try TraceBuilder.graph(of: list, items(life))
        #expect(graph.nodes.contains { $0.id == "enterprise:LOG2" })
    }

    @Test("Containment holds between packing and unpacking")
    func packing() throws {
        var life = trade()
        let objects = Life.records(
            "movementObject", [["subject": "waybill:LOG1/W1", "qty": "1"]])
        life.say(
            "move.packed", "package:BAG1", "2026-03-01T08:40:00", ["into": "package:BAG1"],
            ["objects": objects])
        let packed = try TraceBuilder.graph(of: list, items(life))
        let edge = try #require(packed.edges.first { $0.kind == "contains" })
        #expect(edge.from == "package:BAG1")
        #expect(edge.until == nil)
        life.say(
            "move.unpacked", "package:BAG1", "2026-03-01T08:55:00", ["outOf": "package:BAG1"],
            ["objects": objects])
        let unpacked = try TraceBuilder.graph(of: list, items(life))
        #expect(
            unpacked.edges.first { $0.kind == "contains" }?.until
                == "2026-03-01T08:55:00+08:00")
    }

    @Test("An open risk of a lot stands on what came of it, a closed one does not")
    func risk() throws {
        var life = trade()
        life.say(
            "risk.alert", "risk:R1", "2026-03-03T08:00:00", ["level": "high"],
            ["about": .list([.text("lot:690/L7")])])
        let open = try TraceBuilder.graph(of: list, items(life))
        #expect(open.nodes.first { $0.id == list }?.risk == "high")
        #expect(open.nodes.first { $0.id == "order:EBP1/NO1" }?.risk == nil)
        life.say("risk.closed", "risk:R1", "2026-03-04T08:00:00", ["result": "解除"])
        let closed = try TraceBuilder.graph(of: list, items(life))
        #expect(closed.nodes.first { $0.id == list }?.risk == nil)
    }

    @Test("No personal text is in the graph, the tree or the dot output")
    func personal() throws {
        let graph = try TraceBuilder.graph(of: list, items(trade()))
        let output = TraceText.tree(graph, language: .zh) + TraceText.dot(graph)
        for part in ["测试", "110101190001010006"] { #expect(!output.contains(part)) }
    }

    @Test("The tree draws each node once and says who answers and what is missing")
    func tree() throws {
        let graph = try TraceBuilder.graph(of: list, items(.released(mode: "9610")))
        let text = TraceText.tree(graph)
        #expect(
            text == """
                list \(list)  2026-03-01T09:00:00+08:00
                ├─ soldIn 2 140 ← goods goods:3304990099
                ├─ heldBy → enterprise enterprise:LOG1
                └─ releasedBy → release \(list)#release “\(list)”  2026-03-01T09:01:20+08:00

                responsible
                  seller enterprise:EBC1  2026-03-01T09:00:00+08:00 –  T6
                  platform enterprise:EBP1  2026-03-01T09:00:00+08:00 –  T7
                  carrier enterprise:LOG1  2026-03-01T09:00:00+08:00 –  T8
                  declarant enterprise:AG1  2026-03-01T09:00:00+08:00 –  T9
                  withholder enterprise:EBP1  2026-03-01T09:00:00+08:00 –  T10

                gaps
                  noOrder \(list)  no order
                  noPayment \(list)  no payment
                  noWaybill \(list)  no waybill
                  noDelivery \(list)  2026-03-01T09:01:20+08:00 –  \
                released, and nothing is known afterwards

                """)
        #expect(TraceText.tree(graph, language: .zh).contains("责任"))
        let dot = TraceText.dot(graph)
        #expect(dot.hasPrefix("digraph trace {"))
        #expect(dot.contains("\"\(list)\" -> \"\(list)#release\" [label=\"releasedBy\"];"))
    }
}
