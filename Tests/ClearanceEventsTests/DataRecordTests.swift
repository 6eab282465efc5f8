import Testing

@testable import ClearanceEvents

@Suite("Flat records")
struct DataRecordTests {
    private let order = Catalogue.current.layout("order")

    private func item(_ name: String) -> DataValue {
        Encoded.record("orderItem", ["gnum": "1", "itemName": name])
    }

    @Test("Records of the same members are equal, whatever became of them")
    func histories() {
        var one = DataRecord(order)
        one["orderNo"] = .text("a longer text than the one that stays")
        one["items"] = .list([item("old"), item("older")])
        one["note"] = .text("goes")
        one["orderNo"] = .text("NO1")
        one["note"] = nil
        one["items"] = .list([item("new")])
        one["custom"] = .record(DataRecord(Catalogue.extras))
        var other = DataRecord(order)
        other["custom"] = .record(DataRecord(Catalogue.extras))
        other["items"] = .list([item("new")])
        other["orderNo"] = .text("NO1")
        #expect(one == other)
        #expect(one.members == other.members)
        other["orderNo"] = .text("NO2")
        #expect(one != other)
        #expect(DataRecord(order) != DataRecord(Catalogue.extras))
    }

    @Test("A change of a copy or of an inner record leaves the others alone")
    func copies() {
        var record = DataRecord(order)
        record["items"] = .list([item("A"), item("B")])
        record["orderNo"] = .text("NO1")
        let before = record
        guard case .list(let items)? = record["items"], case .record(var inner) = items[1] else {
            Issue.record("the list of records is not there")
            return
        }
        inner["itemName"] = .text("changed")
        inner["unknown"] = .null
        #expect(record == before)
        #expect(inner.text("itemName") == "changed" && inner.text("gnum") == "1")
        record["items"] = .list([items[0], .record(inner)])
        #expect(before["items"] == .list([item("A"), item("B")]))
        #expect(record["items"] == .list([item("A"), .record(inner)]))
        #expect(record.text("orderNo") == "NO1")
    }

    @Test("A record takes the layout of its place, its members told again by name")
    func layouts() {
        var loose = DataRecord(Catalogue.extras)
        loose["itemName"] = .text("品")
        loose["gnum"] = .number("1")
        loose["zz"] = .bool(true)
        var record = DataRecord(order)
        record["items"] = .list([.record(loose)])
        guard case .list(let items)? = record["items"], case .record(let item)? = items.first
        else {
            Issue.record("the list of records is not there")
            return
        }
        #expect(item.layout === Catalogue.current.layout("orderItem"))
        #expect(item.members.map(\.name) == ["gnum", "itemName", "zz"])
        record["other"] = .record(item)
        #expect(record["other"] == .record(loose))
    }

    @Test("Equality goes by bytes, as the order of names does")
    func bytes() {
        var record = DataRecord(order)
        record["é"] = .null
        record["e\u{301}"] = .null
        #expect(record.members.map(\.name) == ["e\u{301}", "é"])
    }

    @Test("Every value of a record has its path")
    func paths() {
        var record = DataRecord(order)
        record["custom"] = .list([.null, .record(DataRecord(order)), .list([.text("x")])])
        record["orderNo"] = .text("1")
        record["items"] = .list([item("A"), item("B")])
        var paths: [String] = []
        for slot in -1..<record.slots.count { paths.append(record.path(to: slot)) }
        #expect(
            paths == [
                "data", "data.orderNo", "data.items", "data.items[0]", "data.items[0].gnum",
                "data.items[0].itemName", "data.items[1]", "data.items[1].gnum",
                "data.items[1].itemName", "data.custom", "data.custom[0]", "data.custom[1]",
                "data.custom[2]", "data.custom[2][0]",
            ])
    }
}
