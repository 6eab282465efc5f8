import ClearanceInterchange

/// The figures of one run, in the order in which they were taken.
public struct Figures {
    private enum Value {
        case text(String)
        case whole(Int)
        case number(Double)
    }

    private var values: [(name: String, value: Value)] = []

    public init() {}

    /// A word or a line.
    public mutating func text(_ name: String, _ text: String) { values.append((name, .text(text))) }

    /// A number with one digit behind the point.
    public mutating func number(_ name: String, _ number: Double) {
        values.append((name, .number((number * 10).rounded() / 10)))
    }

    /// How many of something went through in a second.
    public mutating func rate(_ name: String, _ count: Int, in time: Duration) {
        values.append((name, .whole(Int(Double(count) / max(time.seconds, 1e-9)))))
    }

    /// Prints them, a line each or as one JSON object.
    public func print(asJSON: Bool) {
        guard asJSON else {
            for (name, value) in values { Swift.print(name, Figures.plain(value)) }
            return
        }
        var writer = JSONWriter(pretty: true)
        writer.object { writer in
            for (name, value) in values {
                switch value {
                case .text(let text): writer.member(name, text)
                case .whole(let number): writer.member(name, number)
                case .number(let number): writer.member(name, number)
                }
            }
        }
        Swift.print(writer.text)
    }

    private static func plain(_ value: Value) -> String {
        switch value {
        case .text(let text): text
        case .whole(let number): String(number)
        case .number(let number): String(number)
        }
    }
}

extension Duration {
    /// As a number of seconds.
    public var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}

/// How long a piece of work takes.
public func timed(_ body: () throws -> Void) rethrows -> Duration {
    try ContinuousClock().measure(body)
}

/// The shortest of three runs: for work that leaves nothing behind.
public func shortest(_ body: () throws -> Void) rethrows -> Duration {
    var best = try timed(body)
    for _ in 0..<2 { best = min(best, try timed(body)) }
    return best
}
