import ClearanceEvents
import Foundation

/// The machine's clock: read once by `ingest --recorded-at now`, once by a disclosure, and by
/// stopwatches. Answers never see it.
enum Clock {
    /// The time now, in Beijing's offset.
    static var now: Instant {
        Instant(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
    }
}

/// Measures how long something takes.
struct Stopwatch {
    private let start = ContinuousClock.now

    /// Seconds since it was made, to the microsecond.
    var seconds: Double {
        let parts = start.duration(to: .now).components
        return Double(parts.seconds) + Double(parts.attoseconds / 1_000_000_000_000) / 1e6
    }

    /// Things a second, at least over a microsecond so that it stays a number.
    func rate(of count: Int) -> Double { Double(count) / max(seconds, 1e-6) }
}
