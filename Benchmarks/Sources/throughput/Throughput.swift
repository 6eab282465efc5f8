import ClearanceInterchange
import Glibc
import Workload

/// Measures what the ledger does in a second, beside what the plain libraries do with the same
/// bytes in the same run, and prints one JSON object (`specs/performance.md`).
@main
enum Throughput {
    static func main() throws {
        guard let arguments = Arguments(CommandLine.arguments.dropFirst()) else {
            print("usage: throughput [--events N] [--json]")
            exit(EX_USAGE)
        }
        var figures = Figures()
        figures.text("machine", Machine.description)
        let workload = Workload(events: arguments.events)
        let messages = Messages(workload.events)
        let scratch = try Scratch()
        try LogFigures(workload: workload, scratch: scratch).measure(into: &figures)
        try FoldFigures(workload: workload, scratch: scratch).measure(into: &figures)
        InterchangeFigures(workload: workload, messages: messages).measure(into: &figures)
        try SignatureFigures(messages: messages).measure(into: &figures)
        figures.number("peakResidentMegabytes", Machine.peakMegabytes)
        figures.print(asJSON: arguments.json)
    }

    struct Arguments {
        var events = 200_000
        var json = false

        init?(_ words: ArraySlice<String>) {
            var rest = words
            while let word = rest.popFirst() {
                switch word {
                case "--json": json = true
                case "--events":
                    guard let text = rest.popFirst(), let count = Int(text), count > 0 else {
                        return nil
                    }
                    events = count
                default: return nil
                }
            }
        }
    }
}
