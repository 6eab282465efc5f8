import Foundation
import Seeded
import Synchronization

/// Cuts the power of a recorded run at its calls and has every image judged.
struct PowerLoss: Sendable {
    /// An image that is not as promised.
    struct Finding: Sendable, CustomStringConvertible {
        let record: Int
        let variant: String
        let verdict: String
        let seed: UInt64

        var description: String {
            "after call \(record), \(variant), seed \(seed): \(verdict)"
        }
    }

    let journal: Journal
    let run: Harness.Run
    let seed: UInt64
    /// The share of the moments that is tried, and random images at each of them.
    var share = 1.0
    var randomImages = 2
    /// Fewer pending changes than this are tried in every combination.
    var exhaustiveBelow = 4
    /// Ends at the first finding: enough for a planted bug.
    var stopsEarly = false

    /// The images that are not as promised, and how many were looked at.
    func findings(
        _ harness: Harness, _ words: [String]
    ) throws -> (findings: [Finding], images: Int) {
        let shared = Mutex<(found: [Finding], images: Int, failure: (any Error)?)>(([], 0, nil))
        let workers = 2
        DispatchQueue.concurrentPerform(iterations: workers) { worker in
            do {
                try work(worker, of: workers, harness, words) { image, finding in
                    shared.withLock {
                        $0.images += 1
                        if let finding { $0.found.append(finding) }
                        return stopsEarly && !$0.found.isEmpty
                    }
                }
            } catch { shared.withLock { $0.failure = error } }
        }
        return try shared.withLock {
            if let failure = $0.failure { throw failure }
            return ($0.found, $0.images)
        }
    }

    private func work(
        _ worker: Int, of workers: Int, _ harness: Harness, _ words: [String],
        _ report: (CrashImage, Finding?) -> Bool
    ) throws {
        let judge = try harness.judge(words, afterPowerLoss: true)
        var random = SeededGenerator(seed: seed &* 31 &+ UInt64(worker))
        var disk = Disk()
        var acknowledged: UInt64 = 0
        var seen: Set<Int> = []
        var moments = 0
        for (index, record) in journal.records.enumerated() {
            disk.take(record, index: index)
            if record.operation == .announce {
                if record.text.hasPrefix("root ") { break }
                acknowledged = max(acknowledged, PowerLoss.acknowledged(record.text))
            }
            guard [.write, .syncBegin, .announce, .rename].contains(record.operation) else {
                continue
            }
            moments += 1
            guard moments % workers == worker,
                isWorthwhile(record) || Double.random(in: 0..<1, using: &random) < share
            else { continue }
            for (variant, image) in images(of: disk, using: &random) {
                var signature = Hasher()
                signature.combine(image.signature(of: disk))
                signature.combine(acknowledged)
                guard seen.insert(signature.finalize()).inserted else { continue }
                let folder = harness.folder + "/image-\(worker)"
                try image.materialise(disk, in: folder)
                let verdict = try judge.verdict(
                    on: folder + "/ledger", run.announcements, acknowledged: acknowledged)
                let finding = verdict.map {
                    Finding(record: index, variant: variant, verdict: $0, seed: seed)
                }
                try FileManager.default.removeItem(atPath: folder)
                if report(image, finding) { return }
            }
        }
    }

    /// The promise is given with the acknowledgement: that moment is always tried.
    private func isWorthwhile(_ record: Journal.Record) -> Bool {
        record.operation == .announce
            && (record.text.hasPrefix("ack ") || record.text.hasPrefix("shipped "))
    }

    private func images(
        of disk: Disk, using random: inout SeededGenerator
    ) -> [(String, CrashImage)] {
        let count = disk.pendingChanges.count + disk.pendingNamings.count
        if count < exhaustiveBelow {
            return (0..<(1 << count)).map { choice in
                ("choice \(choice) of \(count)", CrashImage(of: disk) { choice >> $0 & 1 == 1 })
            }
        }
        var images = [
            ("all lost", CrashImage(of: disk, keepingAll: false)),
            ("all kept", CrashImage(of: disk, keepingAll: true)),
        ]
        for number in 0..<randomImages {
            images.append(("random \(number)", CrashImage(of: disk, using: &random)))
        }
        return images
    }

    /// The last position that a line of acknowledgement names, or a back-up.
    static func acknowledged(_ line: String) -> UInt64 {
        let words = line.split(whereSeparator: \.isWhitespace)
        if words.first == "shipped" { return words.last.flatMap { UInt64($0) } ?? 0 }
        guard line.hasPrefix("ack ") else { return 0 }
        return words.dropFirst(2).compactMap { UInt64($0.dropFirst()) }.max() ?? 0
    }
}
