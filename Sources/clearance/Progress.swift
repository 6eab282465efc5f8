import Foundation

/// A bar with rate and time left on standard error, shown only to a terminal.
///
/// The rate is that of the last seconds: what was skipped at the start says nothing of how long
/// the rest will take.
struct Progress {
    private let title: String
    private let total: Int
    private let unit: Unit
    private let isShown: Bool
    private let watch = Stopwatch()
    private var done = 0
    /// Up to where whole parts of the work are behind.
    private var behind = 0
    private var lastShown = -1.0
    /// What was done when, a few times a second, no further back than the rate looks.
    private var marks: [(seconds: Double, done: Int)] = [(0, 0)]
    private static let width = 24
    /// Seconds between two looks of the bar: a hurried eye sees no more.
    private static let pause = 0.1
    /// Seconds over which the rate is taken: long enough to be calm, short enough to follow.
    private static let window = 5.0

    /// What is counted.
    enum Unit { case bytes, things }

    /// A bar for work of `total` units; with zero only what is done and the rate are shown.
    init(
        _ title: String, total: Int, unit: Unit = .bytes, isShown: Bool = Output.showsProgress
    ) {
        self.title = title
        self.total = total
        self.unit = unit
        self.isShown = isShown
    }

    /// Shows that so many units in all are behind.
    mutating func update(_ done: Int) {
        self.done = done
        guard isShown else { return }
        let seconds = watch.seconds
        guard seconds - lastShown > Self.pause else { return }
        lastShown = seconds
        Output.sayInPlace("\r" + line(seconds) + "\u{1B}[K")
    }

    /// Shows that so many units more are behind.
    mutating func add(_ bytes: Int) { update(done + bytes) }

    /// Shows that a part of so many units is behind, whatever was added of it before.
    mutating func passed(_ bytes: Int) {
        behind += bytes
        update(max(done, behind))
    }

    /// Takes the bar away.
    func finish() {
        if isShown, lastShown >= 0 { Output.sayInPlace("\r\u{1B}[K") }
    }

    /// The text of the bar at a moment.
    mutating func line(_ seconds: Double) -> String {
        marks.append((seconds, done))
        while marks.count > 2, seconds - marks[1].seconds >= Self.window { marks.removeFirst() }
        let rate = Double(done - marks[0].done) / max(seconds - marks[0].seconds, 1e-3)
        var text =
            switch unit {
            case .bytes:
                "\(title)  \(Figures.bytes(UInt64(done)))  \(Figures.bytes(UInt64(rate)))/s"
            case .things: "\(title)  \(Figures.grouped(done))  \(Figures.short(rate))/s"
            }
        if total > 0 {
            let share = min(1, Double(done) / Double(total))
            let filled = Int(share * Double(Self.width))
            let bar =
                String(repeating: "█", count: filled)
                + String(repeating: "░", count: Self.width - filled)
            text += "  \(bar) \(Int(share * 100)) %  " + left(rate)
        }
        return text
    }

    /// Minutes and seconds that the rest takes at this rate.
    private func left(_ rate: Double) -> String {
        guard rate >= 1 else { return "–:––" }
        let seconds = Int(min(Double(max(0, total - done)) / rate, 359_999))
        return "\(seconds / 60):\(Figures.two(seconds % 60))"
    }
}
