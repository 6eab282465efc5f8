import Foundation
import Testing

@Suite("A process that is watched") struct WatchdogTests {
    /// Some looks are enough here.
    private static let short = Watchdog.Patience(busy: 0.3, asleep: 30, pause: 10_000)

    private func shell(_ script: String) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", script]
        try process.run()
        return process
    }

    @Test("is killed when it computes without end, and when it sleeps without end")
    func hangs() throws {
        for script in ["while :; do :; done", "exec sleep 100000"] {
            let process = try shell(script)
            let watchdog = Watchdog(process.processIdentifier, Self.short)
            process.waitUntilExit()
            #expect(process.terminationReason == .uncaughtSignal && watchdog.end(), "\(script)")
        }
    }

    @Test("is let live while it was stopped, works now and then, or is watched no more")
    func lives() throws {
        let stopped = try shell("exec sleep 100000")
        kill(stopped.processIdentifier, SIGSTOP)
        let busy = try shell(
            "while :; do i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; sleep 0.05; done")
        let free = try shell("exec sleep 100000")
        let lazy = Watchdog.Patience(busy: 1_000, asleep: 30, pause: 10_000)
        let watchdogs = [stopped, busy, free].map { Watchdog($0.processIdentifier, lazy) }
        #expect(!watchdogs[2].end())
        usleep(1_500_000)
        for process in [stopped, busy, free] { #expect(process.isRunning) }
        #expect(!watchdogs[0].end() && !watchdogs[1].end())
        for process in [stopped, busy, free] {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
    }

    @Test("that ends by itself is not taken for one that was killed")
    func ends() throws {
        let process = try shell("exit 7")
        let watchdog = Watchdog(process.processIdentifier, Self.short)
        process.waitUntilExit()
        #expect(process.terminationStatus == 7 && !watchdog.end())
    }
}
