import ClearanceEvents
import Seeded
import Testing

@testable import ClearanceLedger

@Suite("Corrections of corrections") struct CorrectionTests {
    private static func name(_ number: Int) -> Digest16 {
        Digest16(high: 0, low: UInt64(number))
    }

    /// Who corrects whom, as the rule says it, step by step.
    private func voids(_ edges: [(Int, Int)], _ target: Int, _ depth: Int = 0) -> Bool {
        guard depth < Corrections.depth else { return false }
        return edges.contains { by, corrected in
            corrected == target && by != target && !voids(edges, by, depth + 1)
        }
    }

    private func corrections(_ edges: [(Int, Int)]) -> Corrections {
        var corrections = Corrections()
        for (place, edge) in edges.enumerated() {
            corrections.add(
                Corrections.Entry(
                    position: UInt64(place + 1), envelope: Self.name(edge.0),
                    reason: .incorrectData),
                target: Self.name(edge.1))
        }
        return corrections
    }

    @Test("Chains, forks and small rings are as the rule says", arguments: 0..<60 as Range<UInt64>)
    func likeTheRule(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let edges = (0..<Int.random(in: 1...5, using: &random)).map { _ in
            (Int.random(in: 1...4, using: &random), Int.random(in: 1...4, using: &random))
        }
        let corrections = corrections(edges)
        for target in 1...4 {
            #expect(
                corrections.voids(Self.name(target), knownAt: .max) == voids(edges, target),
                "seed \(seed): \(edges), \(target)")
        }
    }

    @Test("Hundreds that all correct each other are answered, whatever is asked of them")
    func ring() {
        let count = 300
        let edges = (1...count).flatMap { by in (1...count).map { (by, $0) } }
        let corrections = corrections(edges)
        // At an even depth below the last one nothing is in force that could void it.
        let isVoid = corrections.voids(Self.name(1), knownAt: .max)
        for target in 2...count {
            #expect(corrections.voids(Self.name(target), knownAt: .max) == isVoid)
        }
    }
}
