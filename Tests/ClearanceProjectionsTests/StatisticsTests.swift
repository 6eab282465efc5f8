import ClearanceEvents
import Testing

@testable import ClearanceProjections

@Suite struct StatisticsTests {
    private func cells(_ life: Life) -> [[UInt8]: Total] {
        var sink = TotalsSink()
        ProcedureFold().totals(of: life.procedure, into: &sink)
        return sink.cells
    }

    private func series(
        _ cells: [[UInt8]: Total], _ change: (inout MonthlySeries.Query) -> Void = { _ in }
    ) -> [SeriesPoint] {
        var query = MonthlySeries.Query()
        change(&query)
        return MonthlySeries.read(cells.map { (cell: $0.key, total: $0.value) }, query)
    }

    private func value(_ points: [SeriesPoint], _ name: String) -> String? {
        points.first { $0.name == name }?.value
    }

    @Test("A cell's key is read back as it was written, and clipped when it is too long")
    func keys() throws {
        var cell = StatisticsCell(kind: .lines, month: 24_314)
        cell.direction = .export
        (cell.mode, cell.customs, cell.chapter, cell.country) = ("9610", "4600", "33", "日本")
        (cell.gcode, cell.unit, cell.currency) = ("3304990099", "035", "CNY")
        cell.minutes = 77
        cell.wasHeld = true
        #expect(StatisticsCell(cell.bytes) == cell)
        cell.country = String(repeating: "国", count: 90)
        #expect(cell.bytes.count <= 200)
        #expect(try #require(StatisticsCell(cell.bytes)).country == "国国国国国国")
        #expect(StatisticsCell([]) == nil)
        #expect(StatisticsCell(Array(cell.bytes.dropLast())) == nil)
    }

    @Test("Cells sort by kind and month")
    func order() {
        let early = StatisticsCell(kind: .lists, month: 24_300).bytes
        let late = StatisticsCell(kind: .lists, month: 24_301).bytes
        let other = StatisticsCell(kind: .lines, month: 1).bytes
        #expect(early.lexicographicallyPrecedes(late))
        #expect(late.lexicographicallyPrecedes(other))
    }

    @Test("A released import counts its list, value, quantity and time")
    func imported() {
        let points = series(cells(.released()))
        #expect(value(points, "lists") == "1")
        #expect(value(points, "value") == "200")
        #expect(value(points, "quantity") == "0.5")
        #expect(value(points, "unitValue") == "400.00000")
        #expect(value(points, "fisher") == "100.00000")
        #expect(value(points, "releaseHours") == "0.02")
        #expect(value(points, "releaseHours.within24h") == "1.0000")
        let point = points.first { $0.name == "value" }
        #expect(point?.period == "2026-03")
        #expect(point?.unit == "CNY")
        #expect(point?.by.map(\.code) == ["import", "1210", "33"])
        #expect(point?.scope == "retail")
    }

    @Test("An unreleased list, and one turned back after release, add nothing")
    func nothing() {
        var life = Life()
        life.declare("2026-03-01T09:00:00")
        life.receipt("declare.accepted", "120", "2026-03-01T09:00:20")
        #expect(cells(life).isEmpty)
        var back = Life.released()
        back.receipt("release.returned", "700", "2026-03-05T09:00:00")
        #expect(cells(back).isEmpty)
    }

    @Test("An ordinary declaration is of another scope and adds nothing to the retail series")
    func otherScope() {
        var life = Life()
        life.say(
            "declare.submitted", Life.list, "2026-03-01T09:00:00",
            [
                "appTime": "20260301090000", "form": "declaration", "ieFlag": "I",
                "tradeMode": "0110", "customsCode": "4600", "agentCode": "AG1",
                "copNo": "COP1",
            ], ["lines": Life.records("declarationLine", [Life.line()])])
        life.receipt("declare.accepted", "120", "2026-03-01T09:00:20")
        life.receipt("release.granted", "800", "2026-03-01T09:01:20")
        #expect(life.procedure.state.word == .released)
        #expect(life.procedure.state.live?.paper?.lines.count == 1)
        #expect(cells(life).isEmpty)
    }

    @Test("The month is Beijing's: the last microsecond belongs to the old one")
    func month() {
        for (time, period) in [
            ("2026-03-31T23:59:59.999", "2026-03"), ("2026-04-01T00:00:00", "2026-04"),
        ] {
            var life = Life()
            life.declare("2026-03-31T09:00:00")
            life.receipt("declare.accepted", "120", "2026-03-31T09:00:20")
            life.receipt("release.granted", "800", time)
            #expect(series(cells(life)).first { $0.name == "lists" }?.period == period)
        }
    }

    @Test("An export counts at its closing, with two times from its arrival")
    func exported() {
        var life = Life()
        life.declare("2026-03-01T09:00:00", mode: "9610", direction: "E")
        life.receipt("declare.accepted", "120", "2026-03-01T09:00:20", message: "CEB604")
        life.say(
            "move.arrived", "arrival:OP1/A1", "2026-03-01T10:00:00",
            ["logisticsCode": "LOG1", "operatorCode": "OP1", "logisticsNo": "W1"])
        life.receipt("release.granted", "800", "2026-03-01T12:00:00", message: "CEB604")
        #expect(value(series(cells(life)), "lists") == nil)
        life.receipt("release.closed", "899", "2026-04-02T10:00:00", message: "CEB604")
        let points = series(cells(life))
        #expect(points.first { $0.name == "lists" }?.period == "2026-04")
        #expect(value(points, "releaseHours") == "2.00")
        #expect(value(points, "closingHours") == "768.00")
        #expect(points.first { $0.name == "releaseHours" }?.period == "2026-03")
    }

    @Test("Direct import starts at the arrival; without it the list is counted apart")
    func withoutStart() {
        let points = series(cells(.released(mode: "9610")))
        #expect(value(points, "releaseHours") == nil)
        #expect(value(points, "releaseHours.withoutStart") == "1")
    }

    @Test("A gift counts in quantity and in no unit value")
    func gift() {
        var life = Life()
        life.declare(
            "2026-03-01T09:00:00", lines: [Life.line(), Life.line(gnum: "2", price: "0")])
        life.receipt("declare.accepted", "120", "2026-03-01T09:00:20")
        life.receipt("release.granted", "800", "2026-03-01T09:01:20")
        let points = series(cells(life))
        #expect(value(points, "quantity") == "1")
        #expect(value(points, "unitValue") == "400.00000")
        #expect(value(points, "lists") == "1")
    }

    @Test("Lists of two chapters count once in all and once in each")
    func distinct() {
        var life = Life()
        life.declare(
            "2026-03-01T09:00:00",
            lines: [Life.line(), Life.line(gnum: "2", gcode: "1901101000", price: "100")])
        life.receipt("declare.accepted", "120", "2026-03-01T09:00:20")
        life.receipt("release.granted", "800", "2026-03-01T09:01:20")
        let cells = cells(life)
        #expect(series(cells) { $0.by = [.direction] }.first { $0.name == "lists" }?.value == "1")
        let split = series(cells) { $0.by = [.hs2] }.filter { $0.name == "lists" }
        #expect(split.map(\.value) == ["1", "1"])
        #expect(split.map { $0.by[0].code } == ["19", "33"])
    }

    @Test("Returned goods are a series of the month in which they arrived")
    func returned() {
        var life = Life.released()
        life.requestReturn("2026-03-10T09:00:00", qty: "1")
        life.say(
            "return.accepted", "return:AG1/R1", "2026-03-11T09:00:00",
            ["returnStatus": "399", "returnTime": "20260311090000000", "message": "CEB626"])
        life.arriveReturn("2026-04-02T09:00:00", qty: "1")
        let points = series(cells(life))
        let back = points.first { $0.name == "returnedValue" }
        #expect(back?.value == "100")
        #expect(back?.period == "2026-04")
        #expect(value(points, "value") == "200")
    }

    @Test("The bounds of the question do not move the base month")
    func bounds() {
        var all: [[UInt8]: Total] = [:]
        for (month, price) in [("03", "200"), ("04", "300")] {
            var life = Life()
            life.declare("2026-\(month)-01T09:00:00", lines: [Life.line(price: price)])
            life.receipt("declare.accepted", "120", "2026-\(month)-01T09:00:20")
            life.receipt("release.granted", "800", "2026-\(month)-01T09:01:20")
            all.merge(cells(life)) { left, right in
                var sum = left
                sum += right
                return sum
            }
        }
        let points = series(all) {
            $0.from = MonthlySeries.month(of: "2026-04")
            $0.dayReached = CivilDay("2026-04-29")
        }
        #expect(points.allSatisfy { $0.period == "2026-04" })
        #expect(value(points, "fisher") == "150.00000")
        #expect(value(points, "volume") == "100.00000")
        #expect(value(points, "valueIndex") == "150.00000")
        #expect(points.first?.status == .provisional)
        let ended = series(all) { $0.dayReached = CivilDay("2026-04-30") }
        #expect(ended.allSatisfy { $0.status == .final })
    }

    @Test("What a row adds is taken back to nothing by the same row")
    func undo() {
        let cells = cells(.released())
        for (_, total) in cells {
            var rest = total
            rest -= total
            #expect(rest.isEmpty)
        }
    }
}

extension Life {
    mutating func requestReturn(
        _ time: String, _ subject: String = "return:AG1/R1", gnum: String = "1", qty: String,
        invt: String = "460020260I00000001"
    ) {
        say(
            "return.requested", subject, time,
            [
                "appTime": Life.time(time).customs, "appType": "1", "invtNo": invt,
                "agentCode": "AG1", "copNo": String(subject.split(separator: "/")[1]),
            ],
            ["items": Life.records("returnItem", [["gnum": gnum, "qty": qty, "unit": "140"]])])
    }

    mutating func arriveReturn(
        _ time: String, _ subject: String = "return:AG1/R1", gnum: String = "1", qty: String
    ) {
        say(
            "return.arrived", subject, time, ["site": "S1", "invtNo": "460020260I00000001"],
            ["lines": Life.records("returnLine", [["gnum": gnum, "qty": qty, "unit": "140"]])])
    }
}
