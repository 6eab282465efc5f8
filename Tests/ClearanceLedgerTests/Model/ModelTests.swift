import ClearanceLedger
import Foundation
import Seeded
import Synchronization
import Testing

/// A program: which operation, and the seed of its luck. Each step draws its own numbers, so that
/// a program stays one when steps are taken out of it.
struct ModelProgram: Sendable {
    struct Step: Sendable {
        let operation: Int
        let seed: UInt64
    }

    let seed: UInt64
    var steps: [Step]
    /// Whether the list is made to forget its last entry after each step: a planted fault.
    var isPlanted = false

    init(seed: UInt64, length: Int) {
        self.seed = seed
        var generator = SeededGenerator(seed: seed)
        let weights = ModelOperation.all.map(\.weight)
        let total = weights.reduce(0, +)
        steps = (0..<length).map { _ in
            var draw = Int.random(in: 0..<total, using: &generator)
            var operation = 0
            while draw >= weights[operation] {
                draw -= weights[operation]
                operation += 1
            }
            return Step(operation: operation, seed: generator.next())
        }
    }

    /// The failure of the first step that fails, with its number; nil when all hold.
    func failure() -> (step: Int, what: String)? {
        var step = -1
        do {
            var run = try ModelRun(seed: seed)
            for index in steps.indices {
                step = index
                run.luck = SeededGenerator(seed: steps[index].seed)
                try ModelOperation.all[steps[index].operation].act(&run)
                if isPlanted { run.list.forgetLast() }
            }
            step = steps.count
            try run.restart()
            let all = try run.ledger.events(limit: .max)
            try run.compare(all, from: 1, count: Int(run.list.count))
            try run.ledger.close()
            return nil
        } catch {
            return (step, "\(error)")
        }
    }

    /// A shorter program that fails too: parts are taken out as long as it goes on failing.
    func shrunk(within seconds: TimeInterval) -> ModelProgram {
        let end = Date().addingTimeInterval(seconds)
        var best = self
        var size = max(1, best.steps.count / 2)
        while size >= 1, Date() < end {
            var start = 0
            var isShorter = false
            while start < best.steps.count, Date() < end {
                var trial = best
                trial.steps.removeSubrange(start..<min(start + size, trial.steps.count))
                if let failure = trial.failure() {
                    trial.steps.removeSubrange(min(failure.step + 1, trial.steps.count)...)
                    best = trial
                    isShorter = true
                } else {
                    start += size
                }
            }
            if !isShorter || size == 1 { size /= 2 }
        }
        return best
    }

    var description: String {
        steps.enumerated().map { index, step in
            "  \(index): \(ModelOperation.all[step.operation].name) (luck \(step.seed))"
        }.joined(separator: "\n")
    }
}

@Suite struct ModelTests {
    /// Programs of a run: a few here, many in `make soak`; one alone by its seed.
    private static let environment = ProcessInfo.processInfo.environment
    private static let programs = Int(environment["CLEARANCE_MODEL_PROGRAMS"] ?? "") ?? 8
    private static let length = Int(environment["CLEARANCE_MODEL_LENGTH"] ?? "") ?? 60
    private static let first =
        UInt64(environment["CLEARANCE_MODEL_SEED"] ?? "") ?? UInt64.random(in: 0..<1 << 32)

    @Test("Random programs over a ledger tell what a plain list tells")
    func programs() async {
        for index in 0..<Self.programs {
            let program = ModelProgram(seed: Self.first + UInt64(index), length: Self.length)
            guard let failure = await onThread({ program.failure() }) else { continue }
            let short = await onThread { program.shrunk(within: 30) }
            let rest = await onThread { short.failure()?.what ?? "none any more" }
            Issue.record(
                """
                CLEARANCE_MODEL_SEED=\(program.seed), step \(failure.step): \(failure.what)
                shortest program that fails: \(rest)
                \(short.description)
                """)
            return
        }
    }

    @Test("A planted fault is found, and the program that shows it is short")
    func planted() async {
        var program = ModelProgram(seed: 7, length: 60)
        program.isPlanted = true
        let whole = program
        #expect(await onThread { whole.failure() } != nil)
        let short = await onThread { whole.shrunk(within: 30) }
        #expect(await onThread { short.failure() } != nil)
        #expect(short.steps.count <= 3)
    }
}
