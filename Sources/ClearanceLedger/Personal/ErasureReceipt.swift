import ClearanceEvents
import ClearanceStore

/// The event that says what was erased, when, and under whose signature: `ledger.erased`.
///
/// It names positions and how many sections, never what stood there. The text that is signed is
/// made of the receipt's own fields, so that anybody can make it again (`specs/personal.md`).
struct ErasureReceipt {
    /// Runs of positions of one receipt: an entry has a greatest size.
    static let mostRuns = 2_000

    let origin: String
    let subject: String
    let time: Instant
    let on: CivilDay?
    /// Positions as `7` or `9-12`, ascending.
    let positions: [String]
    let sections: Int

    /// The signed text: seven lines, each with a line feed.
    var text: String {
        """
        clearance erased 1
        \(origin)
        \(subject)
        \(time.rfc3339)
        \(on.map { "\($0)" } ?? "-")
        \(sections)
        \(positions.joined(separator: " "))

        """
    }

    /// The event. Its id is the digest of the text, so that an erasure that was interrupted and
    /// goes on says the same once.
    func event(signedBy signer: ErasureSigner?) throws(LedgerError) -> Event {
        let bytes = Array(text.utf8)
        let digest = SHA256Hash.of(bytes.span).hexadecimal
        var event = Event(
            "ledger.erased", subject: subject, time: time, source: "urn:clearance:ledger",
            id: "erased-\(digest)")
        event.data.set("on", on.map { "\($0)" })
        event.data["at"] = .text(time.rfc3339)
        event.data["positions"] = .list(positions.map { .text($0) })
        event.data["count"] = .number("\(sections)")
        event.data["hash"] = .text(digest)
        guard let signer else { return event }
        do {
            let signature = try signer.sign(bytes)
            event.data["signature"] = .text(ErasureReceipt.hexadecimal(signature))
            event.data["key"] = .text(signer.key)
        } catch {
            throw LedgerError(.store, "the receipt of an erasure could not be signed")
        }
        return event
    }

    /// Ascending positions as runs, so many a receipt.
    static func runs(of positions: [UInt64]) -> [[String]] {
        var runs: [(UInt64, UInt64)] = []
        for position in positions {
            if let last = runs.last, last.1 + 1 == position {
                runs[runs.count - 1].1 = position
            } else {
                runs.append((position, position))
            }
        }
        let texts = runs.map { $0.0 == $0.1 ? "\($0.0)" : "\($0.0)-\($0.1)" }
        return stride(from: 0, to: texts.count, by: mostRuns).map {
            Array(texts[$0..<min($0 + mostRuns, texts.count)])
        }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
