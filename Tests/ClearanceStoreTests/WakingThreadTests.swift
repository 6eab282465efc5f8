import ClearanceStore
import Glibc
import Seeded
import Synchronization
import Testing

@Suite("A thread that is woken")
struct WakingThreadTests {
    /// An hour: longer than any test, so that what must not wait for it is seen not to.
    private static let hour: UInt64 = 3_600 * 1_000_000_000

    /// Counts runs, and says whether there is more to do as often as it was told to.
    private final class Work: Sendable {
        private let state = Mutex((runs: 0, portions: 0))

        var runs: Int { state.withLock { $0.runs } }

        func give(_ portions: Int) { state.withLock { $0.portions += portions } }

        func run() -> Bool {
            state.withLock { state in
                state.runs += 1
                state.portions = max(0, state.portions - 1)
                return state.portions > 0
            }
        }

        /// Waits without asking the thread for anything; false when it never comes.
        func reaches(_ runs: Int) -> Bool {
            for _ in 0..<20_000 {
                if self.runs >= runs { return true }
                usleep(1_000)
            }
            return false
        }
    }

    private final class Numbers: Sendable {
        let asked = Atomic<Int>(0)
        let seen = Atomic<Int>(0)
    }

    @Test("sleeps until then, and runs portions one after another until nothing is left")
    func portions() throws {
        let work = Work()
        let thread = try WakingThread { work.run() }
        usleep(10_000)
        #expect(work.runs == 0)
        work.give(5)
        thread.wake()
        thread.wait { work.runs == 5 }
        usleep(10_000)
        #expect(work.runs == 5)
        thread.stop()
    }

    @Test("while it runs runs once more, however often it was woken")
    func wakings() throws {
        let (started, goesOn) = (Signal(), Signal())
        let numbers = Numbers()
        let thread = try WakingThread {
            if numbers.seen.add(1, ordering: .acquiringAndReleasing).newValue == 1 {
                started.raise()
                goesOn.wait()
            }
            return false
        }
        thread.wake()
        started.wait()
        for _ in 0..<10 { thread.wake() }
        goesOn.raise()
        thread.wait { numbers.seen.load(ordering: .acquiring) == 2 }
        usleep(10_000)
        #expect(numbers.seen.load(ordering: .acquiring) == 2)
        thread.stop()
    }

    @Test("while it rests is left alone, unless somebody waits or it is stopped")
    func resting() throws {
        let work = Work()
        let thread = try WakingThread(resting: WakingThreadTests.hour) { work.run() }
        // It slept, so this runs at once; then it rests.
        thread.wake()
        #expect(work.reaches(1))
        thread.wake()
        usleep(10_000)
        #expect(work.runs == 1)
        thread.wait { work.runs == 2 }
        thread.stop()
        #expect(work.runs == 2)
        let left = Work()
        let other = try WakingThread(resting: WakingThreadTests.hour) { left.run() }
        other.wake()
        #expect(left.reaches(1))
        other.wake()
        other.stop()
        #expect(left.runs == 1)
    }

    @Test("goes on by itself when its rest is over, without rests between portions")
    func afterRest() throws {
        let work = Work()
        let thread = try WakingThread(resting: 20_000_000) { work.run() }
        thread.wake()
        #expect(work.reaches(1))
        work.give(1_000)
        thread.wake()
        // A rest after each of them would take 20 seconds.
        #expect(work.reaches(1_001))
        thread.stop()
    }

    @Test("that looked in vain for long sleeps, and is woken from that")
    func asleep() throws {
        let work = Work()
        let thread = try WakingThread(resting: 10_000) { work.run() }
        for run in 1...20 {
            thread.wake()
            #expect(work.reaches(run))
            // Fifty looks of ten microseconds are over by then, or nearly: both are tried.
            usleep(UInt32(run) * 200)
        }
        thread.stop()
        thread.wake()
        #expect(work.runs == 20)
    }

    @Test("loses no waking, whenever it comes", arguments: [0, 1_000, 50_000] as [UInt64])
    func races(_ rest: UInt64) throws {
        let numbers = Numbers()
        let thread = try WakingThread(resting: rest) {
            numbers.seen.store(
                numbers.asked.load(ordering: .acquiring), ordering: .releasing)
            return false
        }
        var random = SeededGenerator(seed: 31)
        for number in 1...20_000 {
            numbers.asked.store(number, ordering: .releasing)
            thread.wake()
            if random.next() % 64 == 0 { usleep(UInt32(random.next() % 200)) }
            guard number % 500 == 0 else { continue }
            for _ in 0..<20_000 where numbers.seen.load(ordering: .acquiring) < number {
                usleep(1_000)
            }
            #expect(numbers.seen.load(ordering: .acquiring) == number)
        }
        thread.stop()
    }
}
