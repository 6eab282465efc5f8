import Testing

@testable import clearance

@Suite("the bar")
struct ProgressTests {
    @Test("It says what is done, how fast, and how long the rest takes at the latest rate")
    func line() {
        var bar = Progress("ingest", total: 100 << 20, isShown: false)
        bar.add(10 << 20)
        #expect(bar.line(1).contains("ingest  10.0 MiB  10.0 MiB/s"))
        #expect(bar.line(1).hasSuffix("10 %  0:09"))
        // What went quickly at the start is forgotten.
        bar.passed(40 << 20)
        _ = bar.line(2)
        bar.add(5 << 20)
        _ = bar.line(7)
        bar.add(5 << 20)
        let late = bar.line(12)
        #expect(late.contains("50.0 MiB  1.0 MiB/s"))
        #expect(late.hasSuffix("50 %  0:50"))
    }

    @Test("A part that is behind counts once, and nothing done has no time left")
    func parts() {
        var bar = Progress("x", total: 100, isShown: false)
        #expect(bar.line(1).hasSuffix("–:––"))
        bar.add(10)
        bar.passed(40)
        bar.add(20)
        bar.passed(60)
        #expect(bar.line(1).contains("100 %"))
        var things = Progress("y", total: 0, unit: .things, isShown: false)
        things.update(3_000)
        #expect(things.line(2) == "y  3,000  1.5 k/s")
    }
}
