import Foundation

/// `ledger-workload run DIR ANNOUNCEMENTS [name=value …]` appends and announces;
/// `ledger-workload ship DIR ANNOUNCEMENTS …` ships it once, beside one that runs;
/// `ledger-workload check [name=value …]` judges the directories named on standard input.
@main struct Main {
    static func main() {
        let words = CommandLine.arguments.dropFirst()
        switch (words.first, words.count) {
        case ("run", 3...):
            let (directory, file) = (words[words.startIndex + 1], words[words.startIndex + 2])
            guard let announcer = try? Announcer(file) else { fatalError("no \(file)") }
            let options = Options(words.dropFirst(3))
            let run = Run(directory: directory, options: options, announcer: announcer)
            exit(run.carryOut() ? 0 : 3)
        case ("ship", 3...):
            let (directory, file) = (words[words.startIndex + 1], words[words.startIndex + 2])
            guard let announcer = try? Announcer(file) else { fatalError("no \(file)") }
            let shipping = Shipping(
                directory: directory, options: Options(words.dropFirst(3)), announcer: announcer)
            exit(shipping.shipAsReader() ? 0 : 3)
        case ("check", _):
            let check = Check(options: Options(words.dropFirst()))
            while let line = readLine() {
                // One write a line: the reader at the other end of the pipe waits for it.
                FileHandle.standardOutput.write(Data((check.answer(line) + "\n").utf8))
            }
        default:
            fatalError("usage: ledger-workload run DIR ANNOUNCEMENTS … | check …")
        }
    }
}
