import ClearanceEvents
import ClearanceTesting
import Testing

@testable import ClearanceInterchange

/// The desk that plays customs, fed with the documents of generated worlds.
@Suite struct CustomsDeskTests {
    private static func seconds(_ time: Instant, _ seconds: Int) -> Instant {
        Instant(microseconds: time.microseconds + Int64(seconds) * 1_000_000)
    }

    /// What enterprises send in a life whose papers agree.
    private static func documents(_ line: TradeLine, from start: Int = 0) -> [Event] {
        let world = World(seed: 41, orders: 400, disturb: 0)
        for index in start..<world.lives where world.outline(of: index).line == line {
            let sent = world.life(of: index).events.filter {
                $0.data.text("appType") != nil && $0.data.text("message") != nil
            }
            let kinds = Set(sent.map { $0.data.text("message") ?? "" })
            let isPlain = kinds.isDisjoint(with: ["CEB623", "CEB605", "CEB625", "CEB213"])
            let lists = sent.count { ["CEB621", "CEB603"].contains($0.data.text("message")) }
            if isPlain, lists == 1, !kinds.isDisjoint(with: ["CEB311", "CEB303"]) { return sent }
        }
        return []
    }

    private static func statuses(_ receipts: [Event], _ message: String) -> [String] {
        receipts.filter { $0.data.text("message") == message }
            .compactMap { $0.data.text("returnStatus") }
    }

    @Test("The example of specs/desk.md: three papers and a list are entered and released")
    func example() throws {
        let papers = Self.documents(.bonded1210)
        // Example, as in specs/desk.md.
        var desk = CustomsDesk(seed: 7)
        for paper in papers { desk.take(paper, at: paper.time) }
        let end = try #require(papers.map(\.time.microseconds).max())
        let receipts = desk.answers(until: Instant(microseconds: end + 86_400_000_000))
        let messages = try CustomsDesk.messages(receipts)

        #expect(Self.statuses(receipts, "CEB622") == ["2", "120", "800"])
        #expect(Self.statuses(receipts, "CEB312") == ["2", "120"])
        #expect(Self.statuses(receipts, "CEB412") == ["2", "120"])
        #expect(Self.statuses(receipts, "CEB512") == ["2", "120"])
        #expect(messages.map(\.documents).reduce(0, +) == receipts.count)
        #expect(desk.answers(until: Instant(microseconds: .max)).isEmpty)
    }

    @Test("A list waits for its last paper, whichever that is")
    func waiting() throws {
        let papers = Self.documents(.bonded1210).filter { $0.data.text("message") != "CEB513" }
        let start = try #require(papers.last).time
        for late in papers.indices {
            var desk = CustomsDesk(seed: 7)
            for (index, paper) in papers.enumerated() where index != late {
                desk.take(paper, at: start)
            }
            let before = desk.answers(until: Self.seconds(start, 3_600))
            #expect(!before.contains { $0.type.name == "release.granted" })
            desk.take(papers[late], at: Self.seconds(start, 7_200))
            let after = desk.answers(until: Self.seconds(start, 10_000))
            #expect(after.count { $0.type.name == "release.granted" } == 1)
        }
    }

    @Test("A direct import waits for the inbound detail")
    func directImport() throws {
        let papers = Self.documents(.direct9610)
        let detail = try #require(papers.first { $0.data.text("message") == "CEB711" })
        let start = try #require(papers.last).time
        var desk = CustomsDesk(seed: 7)
        for paper in papers where paper.id != detail.id { desk.take(paper, at: start) }
        let before = desk.answers(until: Self.seconds(start, 3_600))
        #expect(Self.statuses(before, "CEB622") == ["2", "120"])
        desk.take(detail, at: Self.seconds(start, 7_200))
        let after = desk.answers(until: Self.seconds(start, 10_000))
        #expect(Self.statuses(after, "CEB622") == ["800"])
        #expect(Self.statuses(after, "CEB712") == ["2", "120"])
    }

    @Test("What cannot be taken is answered with customs' number")
    func refusals() throws {
        let papers = Self.documents(.bonded1210)
        let order = try #require(papers.first { $0.data.text("message") == "CEB311" })
        let start = try #require(papers.last).time
        func sent(_ type: String, _ time: String, _ note: String) -> Event {
            var other = order
            other.type = type == "1" ? .orderSubmitted : .orderAmended
            other.data["appType"] = .text(type)
            other.data["appTime"] = .text(time)
            other.data["note"] = .text(note)
            return other
        }
        var desk = CustomsDesk(seed: 7)
        func answer(_ document: Event, after seconds: Int) -> [String] {
            desk.take(document, at: Self.seconds(start, seconds))
            return Self.statuses(
                desk.answers(until: Self.seconds(start, seconds + 50)), "CEB312")
        }
        #expect(answer(sent("2", "20270101000000", "a"), after: 0) == ["-301009"])
        #expect(answer(order, after: 100) == ["2"])
        #expect(answer(order, after: 200) == [], "known already")
        #expect(answer(sent("1", "20270101000000", "b"), after: 300) == ["-301010"])
        #expect(answer(sent("2", "20200101000000", "c"), after: 400) == ["-301014"])
        #expect(answer(sent("2", "20270101000001", "d"), after: 500) == ["2"])
        let list = try #require(papers.first { $0.data.text("message") == "CEB621" })
        desk.take(list, at: Self.seconds(start, 600))
        #expect(answer(sent("2", "20270101000002", "e"), after: 700) == ["-301011"])
    }

    @Test("A payment by somebody else is rejected with customs' own words, and may be mended")
    func mended() throws {
        let papers = Self.documents(.bonded1210)
        let start = try #require(papers.last).time
        var desk = CustomsDesk(seed: 7)
        for paper in papers {
            var paper = paper
            if paper.data.text("message") == "CEB411" { paper.data["payerName"] = .text("测试二") }
            desk.take(paper, at: start)
        }
        let before = desk.answers(until: Self.seconds(start, 3_600))
        let rejection = try #require(before.first { $0.type.name == "declare.rejected" })
        #expect(rejection.data.text("returnInfo")?.hasPrefix("[Code:1327;") == true)
        var payment = try #require(papers.first { $0.data.text("message") == "CEB411" })
        payment.type = .paymentAmended
        payment.data["appType"] = .text("2")
        payment.data["appTime"] = .text("20280101000000")
        desk.take(payment, at: Self.seconds(start, 4_000))
        var list = try #require(papers.first { $0.data.text("message") == "CEB621" })
        list.data["appTime"] = .text("20280101000001")
        desk.take(list, at: Self.seconds(start, 4_100))
        let after = desk.answers(until: Self.seconds(start, 9_000))
        #expect(Self.statuses(after, "CEB622") == ["2", "120", "800"])
    }

    @Test("Exports are released on arrival and closed on departure")
    func exports() throws {
        let world = World(seed: 42, orders: 600, disturb: 0)
        var desk = CustomsDesk(seed: 7)
        var sent: [Event] = []
        for index in 0..<world.lives where world.outline(of: index).line == .export9610 {
            sent += world.life(of: index).events
        }
        for number in 0..<world.voyages { sent += world.shipment(number).events }
        let documents = sent.filter { $0.data.text("appType") != nil }
            .sorted { $0.time.microseconds < $1.time.microseconds }
        for document in documents { desk.take(document, at: document.time) }
        let receipts = desk.answers(until: Instant(microseconds: .max))
        let names = receipts.map(\.type.name)
        #expect(names.count { $0 == "release.granted" } > 20)
        #expect(names.count { $0 == "release.closed" } > 20)
        for message in ["CEB304", "CEB506", "CEB604", "CEB608", "CEB508", "CEB510", "CEB702"] {
            #expect(!Self.statuses(receipts, message).isEmpty, "\(message)")
        }
        var again = CustomsDesk(seed: 7)
        for document in documents { again.take(document, at: document.time) }
        #expect(again.answers(until: Instant(microseconds: .max)) == receipts)
    }

    @Test("Receipts are valid messages and come back as the same events")
    func messages() throws {
        var desk = CustomsDesk(seed: 7)
        let papers = Self.documents(.bonded1210) + Self.documents(.direct9610)
        for paper in papers { desk.take(paper, at: paper.time) }
        desk.take(message: Array("<nonsense/>".utf8), at: try #require(papers.last).time)
        let receipts = desk.answers(until: Instant(microseconds: .max))
        var back: [String] = []
        for message in try CustomsDesk.messages(receipts) {
            let read = Parsed(bytes: message.bytes)
            #expect(read.rejects.isEmpty)
            back += read.events.map { "\($0.id) \($0.type.name) \($0.subject)" }
        }
        let said = receipts.map { "\($0.id) \($0.type.name) \($0.subject)" }
        #expect(back.sorted() == said.sorted())
        #expect(receipts.contains { $0.data.text("message") == "CEB900" })
    }
}
