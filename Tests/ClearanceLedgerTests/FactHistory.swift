import ClearanceEvents
import ClearanceStore
import Foundation
import Seeded
import Testing

@testable import ClearanceLedger

/// What a ledger must answer, kept in dictionaries: slow and obvious.
struct FactModel {
    private(set) var count: UInt64 = 0
    private var facts: [Int: [(paid: Int, position: UInt64)]] = [:]
    private var heads: [String: UInt64] = [:]

    /// The outcome of one order, planned behind all before it.
    mutating func outcome(_ order: Int, paid: Int) -> AppendOutcome {
        if let known = known(order, paid: paid) { return .alreadyAppended(position: known) }
        count += 1
        let others = facts[order] ?? []
        facts[order] = others + [(paid, count)]
        heads["order:E/\(order)"] = count
        heads["orderNo \(order)"] = count
        guard let first = others.first else { return .appended(position: count) }
        return .conflict(position: count, with: first.position, field: "data.acturalPaid")
    }

    func known(_ order: Int, paid: Int) -> UInt64? {
        facts[order]?.first { $0.paid == paid }?.position
    }

    /// The last position about a subject or reference; 0 for none.
    func head(_ about: String) -> UInt64 { heads[about] ?? 0 }

    /// All that was appended.
    var all: [(order: Int, paid: Int, position: UInt64)] {
        facts.flatMap { order, entries in
            entries.map { (order, $0.paid, $0.position) }
        }
    }
}

/// Files of the index of a ledger.
enum IndexFiles {
    static func directory(_ ledger: String) -> String { ledger + "/state/index" }

    static func runs(_ ledger: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory(ledger))
            .filter { $0.hasSuffix(".run") }.sorted()
    }

    /// Spoils one file in one of several ways.
    static func damage(
        _ ledger: String, by random: inout SeededGenerator
    ) throws -> String {
        let names = try runs(ledger) + ["manifest"]
        let name = names[Int(random.next() % UInt64(names.count))]
        let path = directory(ledger) + "/" + name
        guard FileManager.default.fileExists(atPath: path) else { return "nothing" }
        switch random.next() % 4 {
        case 0:
            try FileManager.default.removeItem(atPath: path)
            return "removed \(name)"
        case 1:
            var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            bytes.removeLast(1 + Int(random.next() % UInt64(bytes.count)))
            try bytes.write(to: URL(fileURLWithPath: path))
            return "cut \(name)"
        default:
            var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            let place = Int(random.next() % UInt64(bytes.count))
            bytes[place] ^= 1 << UInt8(random.next() % 8)
            try bytes.write(to: URL(fileURLWithPath: path))
            return "flipped a bit of byte \(place) of \(name)"
        }
    }
}
