import Foundation

/// A process that says of one directory after another whether it is as promised.
///
/// A process of its own: what a planted bug leaves may end the process that maps it, and that is
/// an answer too. For one thread at a time.
final class Judge {
    private let workload: String
    private let words: [String]
    private let environment: [String: String]
    private var process: Process?
    private var input = Pipe()
    private var output = Pipe()
    private var rest = Data()

    init(workload: String, words: [String], environment: [String: String]) {
        self.workload = workload
        self.words = words
        self.environment = environment
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process?.waitUntilExit()
    }

    /// Nil when all is as promised, otherwise what is not.
    ///
    /// - Parameter acknowledged: the last position that must be there; nil for what the
    ///   announcements say.
    func verdict(
        on ledger: String, _ announcements: String, acknowledged: UInt64? = nil
    ) throws -> String? {
        let process = try running()
        let job = "\(ledger) \(announcements) \(acknowledged.map { "\($0)" } ?? "-")\n"
        try input.fileHandleForWriting.write(contentsOf: Data(job.utf8))
        let watchdog = Watchdog(process.processIdentifier)
        let answer = line()
        let hung = watchdog.end()
        guard let answer else {
            process.waitUntilExit()
            self.process = nil
            return hung ? "the judge hung" : "the judge died by \(process.terminationStatus)"
        }
        return answer.hasPrefix("good") ? nil : answer
    }

    private func running() throws -> Process {
        if let process, process.isRunning { return process }
        let process = Process()
        input = Pipe()
        output = Pipe()
        rest = Data()
        process.executableURL = URL(fileURLWithPath: workload)
        process.arguments = ["check"] + words
        process.environment = environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        // Only the process shall hold the writing end, so that its death ends the reading.
        try output.fileHandleForWriting.close()
        self.process = process
        return process
    }

    private func line() -> String? {
        while true {
            if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                let text = String(decoding: rest[rest.startIndex..<end], as: UTF8.self)
                rest = Data(rest[rest.index(after: end)...])
                return text
            }
            let more = output.fileHandleForReading.availableData
            if more.isEmpty { return nil }
            rest.append(more)
        }
    }
}
