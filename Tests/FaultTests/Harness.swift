import Foundation
import Testing

/// The shim, the workload and a place for their files, which goes away at the end.
final class Harness: Sendable {
    /// A scratch folder: in memory where the system offers it, as durability is modelled anyway.
    let folder: String

    init() throws {
        let memory = "/dev/shm"
        let base =
            FileManager.default.isWritableFile(atPath: memory)
            ? memory : NSTemporaryDirectory()
        folder = base + "/clearance-faults-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Whether the long version was asked for (`make soak`).
    static let isSoak = ProcessInfo.processInfo.environment["CLEARANCE_SOAK"] != nil

    /// The seed of this run: given, or a new one; every failure prints it.
    static let seed: UInt64 = {
        let given = ProcessInfo.processInfo.environment["CLEARANCE_FAULT_SEED"]
        return given.flatMap { UInt64($0) } ?? UInt64.random(in: 1..<1_000_000)
    }()

    private static let package = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The workload beside the test bundle, else that of a debug build.
    private static let workload: String = {
        let beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        let places = [beside, package.appendingPathComponent(".build/debug")]
        let found = places.map { $0.appendingPathComponent("ledger-workload").path }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
        return found ?? "ledger-workload"
    }()

    /// The shim, compiled once into a folder of this process.
    private static let shim: Result<String, any Error> = Result {
        let source = package.appendingPathComponent("Tests/Faults/faultshim.c").path
        let library = NSTemporaryDirectory() + "clearance-faultshim-\(getpid()).so"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["cc", "-O1", "-shared", "-fPIC", "-o", library, source, "-ldl"]
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
        atexit { try? FileManager.default.removeItem(atPath: Harness.shimPath) }
        return library
    }

    private static var shimPath: String {
        NSTemporaryDirectory() + "clearance-faultshim-\(getpid()).so"
    }

    /// One run of the workload: its ledger, what it announced and what it did.
    struct Run: Sendable {
        let root: String
        var ledger: String { root + "/ledger" }
        var announcements: String { root + ".said" }
        var journal: URL { URL(fileURLWithPath: root + ".journal") }
        var status: Int32 = 0

        /// What was announced, in whole lines.
        func lines() throws -> [String] {
            let data = try Data(contentsOf: URL(fileURLWithPath: announcements))
            return String(decoding: data, as: UTF8.self)
                .split(separator: "\n", omittingEmptySubsequences: false)
                .dropLast().map(String.init)
        }

        func remove() {
            for path in [root, announcements, journal.path] {
                try? FileManager.default.removeItem(atPath: path)
            }
        }
    }

    /// A run that did not end by itself.
    struct Hung: Error {
        let words: [String]
        let faults: [String: String]
    }

    /// Runs the workload to its end, or to its death after so many microseconds.
    func run(
        _ name: String, _ words: [String], _ faults: [String: String] = [:],
        recording: Bool = false, killedAfter delay: UInt32? = nil
    ) throws -> Run {
        var run = Run(root: folder + "/" + name)
        try FileManager.default.createDirectory(
            atPath: run.root, withIntermediateDirectories: true)
        var environment = faults
        environment["LD_PRELOAD"] = try Harness.shim.get()
        environment["FAULT_ROOT"] = run.root
        environment["FAULT_ANNOUNCE"] = run.announcements
        if recording { environment["FAULT_JOURNAL"] = run.journal.path }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Harness.workload)
        process.arguments = ["run", run.ledger, run.announcements] + words
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        try process.run()
        if let delay {
            usleep(delay)
            kill(process.processIdentifier, SIGKILL)
        }
        let watchdog = Watchdog(process.processIdentifier)
        process.waitUntilExit()
        guard !watchdog.end() else { throw Hung(words: words, faults: faults) }
        run.status = process.terminationStatus
        return run
    }

    /// A judge for what runs of these words left.
    ///
    /// - Parameter afterPowerLoss: the judge sees another boot of the machine.
    func judge(_ words: [String], afterPowerLoss: Bool) throws -> Judge {
        var environment: [String: String] = [:]
        if afterPowerLoss {
            let boot = folder + "/boot-id"
            try Data("00000000-1111-2222-3333-444444444444\n".utf8)
                .write(to: URL(fileURLWithPath: boot))
            environment["LD_PRELOAD"] = try Harness.shim.get()
            environment["FAULT_BOOT"] = boot
        }
        return Judge(
            workload: Harness.workload, words: words, environment: environment)
    }
}
