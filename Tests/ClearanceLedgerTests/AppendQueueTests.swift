import Foundation
import Synchronization
import Testing

@testable import ClearanceLedger

@Suite("The queue of appends")
struct AppendQueueTests {
    /// What makes a queue full.
    enum Load: CaseIterable, Sendable {
        case requests, events, bytes

        /// A request of which so many fill a queue to its limit.
        var request: AppendRequest { AppendRequest(.entries(batch, [], .input)) }

        private var batch: EncodedBatch {
            switch self {
            case .requests: EncodedBatch(bytes: [], ends: [0])
            case .events:
                EncodedBatch(
                    bytes: [], ends: [Int](repeating: 0, count: LedgerLimits.queueEvents / 4))
            case .bytes:
                EncodedBatch(
                    bytes: [UInt8](repeating: 0, count: LedgerLimits.queueBytes / 4),
                    ends: [LedgerLimits.queueBytes / 4])
            }
        }

        var limit: Int { self == .requests ? LedgerLimits.queueRequests : 4 }
    }

    /// A queue whose first round goes on when it is told to.
    private final class Scene: Sendable {
        let rounds = Mutex<[[AppendRequest]]>([])
        let started = Mutex(0)
        let answers = Mutex<[Bool]>([])
        private let isOpen = Mutex(false)

        func take(_ batch: [AppendRequest]) {
            rounds.withLock { $0.append(batch) }
            while !isOpen.withLock({ $0 }) { usleep(1_000) }
        }

        func open() { isOpen.withLock { $0 = true } }

        /// Hands a request over from a thread of its own.
        func submit(_ request: AppendRequest, to queue: AppendQueue) {
            Thread {
                self.started.withLock { $0 += 1 }
                let isTaken = queue.submitBlocking(request)
                self.answers.withLock { $0.append(isTaken) }
            }.start()
        }

        /// Waits for what has to come, and says whether it did before the test gives up.
        func comes(_ condition: () -> Bool) -> Bool {
            for _ in 0..<20_000 {
                if condition() { return true }
                usleep(1_000)
            }
            return false
        }
    }

    /// A queue that is led and full to its limit, with three callers who wait for room.
    private func full(_ load: Load) throws -> (Scene, AppendQueue) {
        let scene = Scene()
        let queue = AppendQueue {
            scene.take($0)
        } idle: {
        }
        try queue.start()
        scene.submit(load.request, to: queue)
        try #require(scene.comes { scene.rounds.withLock { $0.count } == 1 })
        let request = load.request
        for _ in 1..<load.limit {
            #expect(queue.submit(load == .requests ? load.request : request))
        }
        // One below the limit: whoever waits for room has it.
        #expect(queue.submitBlocking(load.request))
        for _ in 0..<3 { scene.submit(load.request, to: queue) }
        try #require(scene.comes { scene.started.withLock { $0 } == 4 })
        usleep(20_000)
        #expect(scene.answers.withLock { $0.isEmpty })
        #expect(queue.depth.requests == load.limit)
        return (scene, queue)
    }

    @Test("makes blocking callers wait at each limit, and takes them when there is room again")
    func bounds() throws {
        for load in Load.allCases {
            let (scene, queue) = try full(load)
            scene.open()
            #expect(scene.comes { scene.answers.withLock { $0.count } == 4 }, "\(load)")
            queue.close()
            #expect(scene.answers.withLock { $0 } == [true, true, true, true], "\(load)")
            let rounds = scene.rounds.withLock { $0 }
            #expect(rounds.reduce(0) { $0 + $1.count } == load.limit + 4, "\(load)")
            for round in rounds where round.count > 1 {
                #expect(round.reduce(0) { $0 + $1.events } <= LedgerLimits.batchEvents)
                #expect(round.reduce(0) { $0 + $1.bytes } <= LedgerLimits.batchBytes)
            }
            #expect(queue.depth == (0, 0))
        }
    }

    @Test("closed while it is full refuses those who wait, and answers those whom it took")
    func closing() throws {
        for load in Load.allCases {
            let (scene, queue) = try full(load)
            Thread { queue.close() }.start()
            #expect(scene.comes { scene.answers.withLock { $0.count } == 3 }, "\(load)")
            #expect(scene.answers.withLock { $0 } == [false, false, false], "\(load)")
            #expect(!queue.submit(load.request) && !queue.submitBlocking(load.request))
            scene.open()
            #expect(scene.comes { scene.answers.withLock { $0.count } == 4 })
            let isAnswered = scene.comes {
                scene.rounds.withLock { $0.reduce(0) { $0 + $1.count } } == load.limit + 1
            }
            #expect(isAnswered, "\(load)")
        }
    }
}
