import Testing

@testable import ClearanceLedger

@Suite("The report of a verification")
struct VerifyReportTests {
    @Test("Intact runs are joined, kept up to a limit, and counted behind it")
    func intactRuns() {
        var report = VerifyReport()
        for position: UInt64 in [1, 2, 3, 5] { report.add(intact: position) }
        #expect(report.intact == [1...3, 5...5] && report.intactMore == 0)
        // Every other position is damaged.
        let limit = UInt64(VerifyReport.intactLimit)
        for run in 2..<limit + 7 { report.add(intact: 3 + 2 * run) }
        #expect(report.intact.count == VerifyReport.intactLimit)
        #expect(report.intact.last == (3 + 2 * (limit - 1))...(3 + 2 * (limit - 1)))
        #expect(report.intactMore == 7 && report.entries == 4 + limit + 5)
        // A long run behind the limit is one.
        let last = 3 + 2 * (limit + 6)
        for position in (last + 1)...(last + 50) { report.add(intact: position) }
        #expect(report.intactMore == 7 && report.intact.count == VerifyReport.intactLimit)
        #expect(report.intact.last == (3 + 2 * (limit - 1))...(3 + 2 * (limit - 1)))
    }

    @Test("The last run that is kept goes on as long as it is the last")
    func lastRun() {
        var report = VerifyReport()
        for run in 1...UInt64(VerifyReport.intactLimit) { report.add(intact: 2 * run) }
        let end = 2 * UInt64(VerifyReport.intactLimit)
        report.add(intact: end + 1)
        #expect(report.intact.last == end...(end + 1) && report.intactMore == 0)
        report.add(intact: end + 3)
        #expect(report.intact.last == end...(end + 1) && report.intactMore == 1)
    }

    @Test("Places behind the limit are counted")
    func places() {
        var report = VerifyReport()
        for position in 1...UInt64(VerifyReport.damageLimit + 3) {
            report.add(.init(position: position, file: "log", what: "it is damaged"))
        }
        #expect(report.damage.count == VerifyReport.damageLimit && report.damageMore == 3)
        #expect(report.firstBad == 1)
    }
}
