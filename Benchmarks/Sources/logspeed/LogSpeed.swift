import ClearanceLedger
import Glibc
import Workload

/// Measures the log against plain liblmdb, the plain hash and the plain disk in the same run, and
/// prints one JSON object (`specs/performance.md`, the log).
@main
enum LogSpeed {
    /// What is measured, in this order unless some are named.
    enum Part: String, CaseIterable {
        case small, world, requests, tail, volume
    }

    /// The first word of a process that only appends and kills itself (``OpenFigures``).
    static let dies = "dies"
    /// The first word of a process that only follows (``TailFigures``).
    static let follows = "follows"

    static func main() throws {
        let words = CommandLine.arguments
        if words.count == 3, words[1] == dies { return try OpenFigures.die(words[2]) }
        if words.count == 5, words[1] == follows, let count = Int(words[4]) {
            return try TailFigures.follow(words[2], seen: words[3], count: count)
        }
        guard let arguments = Arguments(CommandLine.arguments.dropFirst()) else {
            let parts = Part.allCases.map(\.rawValue).joined(separator: "|")
            print("usage: logspeed [--events N] [--batch N] [--only \(parts)] [--warm] [--json]")
            exit(EX_USAGE)
        }
        var figures = Figures()
        figures.text("machine", Machine.description)
        let scratch = try Scratch()
        for part in arguments.parts {
            switch part {
            case .small:
                try HistoryFigures(.small, arguments, scratch).measure(into: &figures)
            case .world:
                try HistoryFigures(.world, arguments, scratch).measure(into: &figures)
            case .requests:
                try RequestFigures(arguments, scratch).measure(into: &figures)
            case .tail:
                try TailFigures(arguments, scratch).measure(into: &figures)
            case .volume:
                try VolumeFigures(arguments, scratch).measure(into: &figures)
            }
        }
        figures.number("peakResidentMegabytes", Machine.peakMegabytes)
        figures.print(asJSON: arguments.json)
    }

    struct Arguments {
        var events = 1_000_000
        var batch = 10_000
        /// Volume is asked for by name: at its full size it takes minutes and tens of gigabytes.
        var parts: [Part] = [.small, .world, .requests, .tail]
        /// Whether memory is found before each piece of work (``Scratch/warm(bytes:)``).
        var warm = false
        var json = false

        init?(_ words: ArraySlice<String>) {
            var rest = words
            while let word = rest.popFirst() {
                switch word {
                case "--json": json = true
                case "--warm": warm = true
                case "--events":
                    guard let count = rest.popFirst().flatMap({ Int($0) }), count > 0 else {
                        return nil
                    }
                    events = count
                case "--batch":
                    guard let count = rest.popFirst().flatMap({ Int($0) }),
                        (1...LedgerLimits.batchEvents).contains(count)
                    else { return nil }
                    batch = count
                case "--only":
                    let names = (rest.popFirst() ?? "").split(separator: ",")
                    let named = names.compactMap { Part(rawValue: String($0)) }
                    guard !named.isEmpty, named.count == names.count else { return nil }
                    parts = named
                default: return nil
                }
            }
        }
    }
}
