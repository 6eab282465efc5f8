import ClearanceEvents
import ClearanceStore

/// Verifies the files of one ledger, all of them read from outside.
struct LedgerVerifier {
    let directory: String
    let indexKey: [UInt8]?
    var pins: LogPins?

    /// Checks the log and the small files beside it.
    func run(
        progress: (UInt64) -> Void, chunk: (LogAudit.Chunk) throws(LedgerError) -> Void = { _ in }
    ) throws(LedgerError) -> VerifyReport {
        var small = VerifyReport()
        let key = identity(&small)
        var audit = LogAudit(LogScan(directory: directory, pins: pins), indexKey: key)
        var hashes = TreeFilesCheck(directory: directory)
        let head = self.head(&small)
        var headRoot: Hash256?
        var tree = MerkleTree()
        try audit.run(
            progress: progress,
            leaf: { leaf in
                hashes.add(leaf)
                guard let head, tree.count < head.position else { return }
                tree.add(hash: leaf)
                if tree.count == head.position { headRoot = tree.root }
            }, chunk: chunk)
        var report = audit.report
        report.headPosition = head?.position ?? 0
        for place in small.damage { report.add(place) }
        if let head { compare(head, headRoot, audit, &report) }
        for place in hashes.finish() { report.add(place) }
        return report
    }

    /// The key of the marks; nil, and told, when there is none.
    private func identity(_ report: inout VerifyReport) -> SipKey? {
        do throws(LedgerError) { _ = try LedgerConfig(directory: directory) } catch {
            report.add(.init(position: 0, file: "config", what: error.store?.what ?? error.what))
        }
        if let indexKey { return SipKey(bytes: indexKey) }
        let path = directory + "/keys/index.key"
        guard let bytes = try? Files.read(path, limit: 64), let key = SipKey(bytes: bytes) else {
            report.add(
                .init(
                    position: 0, file: "keys/index.key",
                    what: "no key of 16 bytes, so that marks cannot be checked"))
            return nil
        }
        return key
    }

    /// The newest head; damage of either slot is told.
    private func head(_ report: inout VerifyReport) -> HeadSlots.Head? {
        let path = directory + "/head"
        guard Files.exists(path) else { return nil }
        do throws(StoreError) {
            let slots = try HeadSlots.inspect(path)
            for slot in slots.damaged {
                report.add(
                    .init(
                        position: 0, file: "head",
                        what: "slot \(slot) is not what was written"))
            }
            return slots.head
        } catch {
            report.add(.init(position: 0, file: "head", what: "it cannot be read: \(error.code)"))
            return nil
        }
    }

    private func compare(
        _ head: HeadSlots.Head, _ root: Hash256?, _ audit: LogAudit, _ report: inout VerifyReport
    ) {
        let end = audit.next - 1
        if head.position > end {
            report.add(
                .init(
                    position: end + 1, file: "head",
                    what: "the log ends below its head at \(head.position)"))
        }
        let isKnown = head.root.contains { $0 != 0 }
        if let root, isKnown, root.bytes != head.root {
            report.add(
                .init(
                    position: 1, file: "head",
                    what: "the root at position \(head.position) is not the one that was noted"))
        }
    }
}
