import ClearanceEvents
import ClearanceStore
import Foundation
import Testing

@testable import ClearanceLedger

@Suite struct RetentionTests {
    private static let rule = RetentionRule.standard[0]

    /// An order of 2026-01-01, which the law wants kept until 2029-01-01.
    private func ledger(_ directory: TemporaryDirectory) throws -> Ledger {
        let ledger = try directory.open(.sealed)
        _ = try ledger.append([People.order(1)], recordedAt: .input)
        return ledger
    }

    @Test(
        "Inside the retention time nothing is erased, on its last day it is",
        arguments: [
            (nil, false), ("2026-01-02", false), ("2028-12-31", false), ("2029-01-01", true),
            ("2040-01-01", true),
        ])
    func boundary(_ day: String?, _ isErased: Bool) throws {
        let directory = TemporaryDirectory()
        let ledger = try ledger(directory)
        let outcome = try ledger.erase(
            idNumber: People.one, asOf: day.flatMap { CivilDay($0) }, recordedAt: .input)
        let until = try #require(CivilDay("2029-01-01"))
        switch outcome {
        case .erased(let report): #expect(isErased && report.positions == [1])
        case .retained(let end, let rule, let report):
            #expect(!isErased && end == until && rule == RetentionTests.rule)
            #expect(report.positions == [] && report.receipts == [] && report.retained == 1)
        case .unknown: Issue.record("nothing was found")
        }
        let name = try ledger.event(at: 1)?.reading(of: "buyerName")
        #expect(name == (isErased ? .withheld(.erased) : .text("PRIVATE-NAME-ONE")))
        #expect(ledger.scheduledErasures.map(\.due) == (isErased ? [] : [until]))
        #expect(try ledger.position() == (isErased ? 2 : 1))
        try ledger.close()
    }

    @Test("A day before the facts, when no rule held yet, erases nothing of them")
    func before() throws {
        let directory = TemporaryDirectory()
        let ledger = try ledger(directory)
        let outcome = try ledger.erase(
            idNumber: People.one, asOf: CivilDay("2016-01-01"), recordedAt: .input)
        guard case .retained(let until, RetentionTests.rule, let report) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(until == CivilDay("2029-01-01") && report.positions == [])
        #expect(try ledger.event(at: 1)?.withheld.buyer == nil)
        try ledger.close()
    }

    @Test("Persons asked for side by side, beside days that end, are all scheduled and erased")
    func sideBySide() async throws {
        let directory = TemporaryDirectory()
        let ledger = try directory.open(.sealed)
        let people = (0..<24).map { "1101011900010100\(10 + $0)" }
        for (number, id) in people.enumerated() {
            _ = try await ledger.append([People.order(number, id: id)], recordedAt: .input)
        }
        try await onThread { () throws(LedgerError) in
            DispatchQueue.concurrentPerform(iterations: people.count + 8) { index in
                if index < people.count {
                    _ = try? ledger.erase(idNumber: people[index], recordedAt: .input)
                } else {
                    let day = People.day("2028-12-0\(index - people.count + 1)")
                    _ = try? ledger.append([day], recordedAt: .input)
                }
            }
        }
        #expect(ledger.scheduledErasures.count == people.count)
        try await onThread { () throws(LedgerError) in
            DispatchQueue.concurrentPerform(iterations: 4) { index in
                let day = People.day("2029-01-0\(index + 1)")
                _ = try? ledger.append([day], recordedAt: .input)
            }
        }
        #expect(ledger.scheduledErasures.isEmpty)
        for position in 1...UInt64(people.count) {
            #expect(try ledger.event(at: position)?.withheld.buyer == .erased)
        }
        try await onThread { () throws(LedgerError) in try ledger.close() }
    }

    @Test("What is scheduled is erased by the clock.day that allows it, after a reopening too")
    func scheduled() throws {
        let directory = TemporaryDirectory()
        var ledger = try ledger(directory)
        _ = try ledger.erase(idNumber: People.one, recordedAt: .input)
        try ledger.close()
        #expect(try directory.holding(People.one) == [])
        ledger = try directory.open(.sealed)
        _ = try ledger.append([People.day("2028-12-31")], recordedAt: .input)
        #expect(try ledger.event(at: 1)?.withheld.isEmpty == true)
        #expect(ledger.scheduledErasures.count == 1)
        let outcomes = try ledger.append([People.day("2029-01-01")], recordedAt: .input)
        #expect(outcomes == [.appended(position: 3)])
        #expect(try ledger.event(at: 1)?.withheld.buyer == .erased)
        #expect(try ledger.event(at: 4)?.data.text("on") == "2029-01-01")
        #expect(ledger.scheduledErasures.isEmpty)
        try ledger.close()
    }

    @Test(
        "What was said later about an order keeps all of it longer; a payment has its own rule"
    )
    func partly() throws {
        let directory = TemporaryDirectory()
        let ledger = try directory.open(.sealed)
        var payment = Toy.payment(1, of: 1, at: 3, "10")
        payment.data["payerIdNumber"] = .text(People.one)
        let year = 365 * 24 * 60
        _ = try ledger.append(
            [People.order(1), People.receipt(of: 1, at: year), payment], recordedAt: .input)
        let outcome = try ledger.erase(
            idNumber: People.one, asOf: CivilDay("2029-06-01"), recordedAt: .input)
        guard case .retained(let until, let rule, let report) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(until == CivilDay("2036-01-01") && rule.id == "retention.payment")
        #expect(rule.status == .provisional && report.retained == 3 && report.positions == [])
        #expect(ledger.scheduledErasures.map(\.due) == [CivilDay("2030-01-01")])
        let later = try ledger.runErasures(
            asOf: CivilDay("2030-01-01"), recordedAt: .input)
        guard case .retained(_, _, let second)? = later.first else {
            Issue.record("\(later)")
            return
        }
        #expect(second.positions == [1, 2] && second.retained == 1 && second.receipts == [4])
        #expect(ledger.scheduledErasures.map(\.due) == [CivilDay("2036-01-01")])
        try ledger.close()
    }

    @Test("A rule holds from its own day on, and the one that keeps longest wins")
    func rules() throws {
        let payment = try #require(EventType(named: "payment.submitted"))
        let rules = RetentionRule.standard
        #expect(rules.rule(for: payment, on: CivilDay("2025-01-01"))?.months == 120)
        #expect(rules.rule(for: payment, on: CivilDay("2024-12-31")) == nil)
        #expect(rules.rule(for: payment, on: nil)?.months == 120)
        for type in Catalogue.current.types where type.code >> 8 != 0x0E && type.code >> 8 != 0x10 {
            let rule = rules.rule(for: EventType(code: type.code), on: nil)
            #expect(rule != nil, "\(type.name)")
        }
        #expect(Set(rules.map(\.id)).count == rules.count)
    }

    @Test("An erasure that the machine interrupted goes on and leaves one receipt")
    func interrupted() throws {
        let directory = TemporaryDirectory()
        var ledger = try ledger(directory)
        _ = try ledger.append([People.order(2, id: People.other)], recordedAt: .input)
        let late = try #require(CivilDay("2037-01-01"))
        let mark = Mark.of(People.one, way: .identity, key: ledger.indexKey)
        // What stands on the disk between the flush of the slots and the receipt.
        try ledger.erasures?.set(mark, due: late)
        try ledger.vault.file?.erase([1])
        try ledger.close()
        ledger = try directory.open(.sealed)
        #expect(ledger.scheduledErasures.count == 1)
        let outcomes = try ledger.runErasures(asOf: late, recordedAt: .input)
        guard case .erased(let report)? = outcomes.first else {
            Issue.record("\(outcomes)")
            return
        }
        #expect(report.positions == [1] && report.receipts == [3])
        #expect(try ledger.runErasures(asOf: late, recordedAt: .input) == [])
        #expect(try ledger.event(at: 2)?.withheld.isEmpty == true)
        #expect(
            try ledger.append([People.order(1)], recordedAt: .input)
                == [.alreadyAppendedErased(position: 1)])
        try ledger.close()
    }

    @Test("Positions behind the end of a restored log are forgotten; others will stand there")
    func shorter() throws {
        let directory = TemporaryDirectory()
        try ledger(directory).close()
        let lists = ErasureLists(directory: directory.path)
        try lists.write(erased: [1, 7, 8, 9])
        let ledger = try directory.open(.sealed)
        #expect(ledger.erasures?.isErased(1) == true && ledger.erasures?.isErased(7) == false)
        #expect(try lists.erased() == [1])
        try ledger.erasures?.noteErased([3, 2, 5])
        #expect(try lists.erased() == [1, 2, 3, 5])
        try ledger.close()
    }
}
