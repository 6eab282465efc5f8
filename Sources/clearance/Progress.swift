import Foundation

/// A bar with rate and time left on standard error, shown only to a terminal.
struct Progress {
    private let title: String
    private let total: Int
    private let isShown: Bool
    private let watch = Stopwatch()
    private var lastShown = -1.0
    private static let width = 24

    /// A bar for work of `total` units; with zero only the count and the rate are shown.
    init(_ title: String, total: Int) {
        self.title = title
        self.total = total
        isShown = Output.showsProgress
    }

    /// Shows that `done` units are behind; at most ten times a second.
    mutating func update(_ done: Int) {
        guard isShown else { return }
        let seconds = watch.seconds
        guard seconds - lastShown > 0.1 else { return }
        lastShown = seconds
        Output.sayInPlace("\r" + line(done, seconds) + "\u{1B}[K")
    }

    /// Takes the bar away.
    func finish() {
        if isShown, lastShown >= 0 { Output.sayInPlace("\r\u{1B}[K") }
    }

    private func line(_ done: Int, _ seconds: Double) -> String {
        let rate = Double(done) / max(seconds, 1e-3)
        var text = "\(title)  \(Figures.grouped(done))  \(Figures.short(rate))/s"
        if total > 0 {
            let share = min(1, Double(done) / Double(total))
            let filled = Int(share * Double(Progress.width))
            let bar =
                String(repeating: "█", count: filled)
                + String(repeating: "░", count: Progress.width - filled)
            let left = Int(Double(max(0, total - done)) / max(rate, 1e-3))
            text += "  \(bar) \(Int(share * 100)) %  \(left / 60):\(Figures.two(left % 60))"
        }
        return text
    }
}
