import ClearanceEvents
import ClearanceStore

/// Verifies the files of one ledger, all of them read from outside.
struct LedgerVerifier {
    let directory: String
    let indexKey: [UInt8]?
    /// The log, when it is open in this process and may be written meanwhile.
    var open: EventLog?
    /// Who must have signed what is signed; none: signatures are looked at only by the keys that
    /// stand beside them.
    var signers: [NoteKey] = []

    /// Checks the log and the small files beside it.
    func run(
        progress: (UInt64) -> Void, chunk: (LogAudit.Chunk) throws(LedgerError) -> Void = { _ in }
    ) throws(LedgerError) -> VerifyReport {
        var small = VerifyReport()
        let key = identity(&small)
        var hashes = TreeFilesCheck(directory: directory)
        let head = self.head("head", &small)
        if head == nil, !small.damage.contains(where: { $0.file == "head" }) {
            small.add(.init(position: 0, file: "head", what: "it is gone or empty"))
        }
        var marks = RootMarks(noted(head, &small))
        // Behind what was noted, so that the commit that is read reaches it.
        var pins: LogPins?
        if let open {
            pins = LogPins()
            try pins?.add(open)
        }
        var audit = LogAudit(
            LogScan(directory: directory, pins: pins, signers: signers), indexKey: key,
            signers: signers)
        try audit.run(
            progress: progress,
            leaf: { leaf in
                hashes.add(leaf)
                marks.add(leaf)
            }, chunk: chunk)
        var report = audit.report
        if let lost = powerLoss(behind: audit.next) { report.add(lost) }
        report.headPosition = head?.position ?? 0
        report.hasKeys = small.hasKeys
        for place in small.damage { report.add(place) }
        for place in marks.finish(end: audit.next - 1) { report.add(place) }
        for place in hashes.finish() { report.add(place) }
        return report
    }

    /// What a log without flushes may have lost with the power; nil when it has not.
    private func powerLoss(behind position: UInt64) -> VerifyReport.Damage? {
        let mark = BootMark(log: directory + "/log")
        do throws(StoreError) {
            guard try mark.isLost() else { return nil }
        } catch {
            return .init(
                position: position, file: "log/boot", what: "it cannot be read: \(error.code)")
        }
        return .init(
            position: position, file: "log/boot",
            what: "written without flushes and not closed before the machine went down")
    }

    /// The key of the marks; nil, and told, when there is none. A ledger without any keys is whole
    /// for whoever was not given them; slots without the key of the marks are not.
    private func identity(_ report: inout VerifyReport) -> SipKey? {
        do throws(LedgerError) { _ = try LedgerConfig(directory: directory) } catch {
            let file = error.store?.path == directory + "/origin" ? "origin" : "config"
            report.add(.init(position: 0, file: file, what: error.reason))
        }
        if let indexKey { return SipKey(bytes: indexKey) }
        let path = directory + "/keys/index.key"
        if !Files.exists(path) && !Files.exists(directory + "/keys/slots") {
            report.hasKeys = false
            return nil
        }
        guard let bytes = try? Files.read(path, limit: 64), let key = SipKey(bytes: bytes) else {
            report.add(
                .init(
                    position: 0, file: "keys/index.key",
                    what: "no key of 16 bytes, so that marks cannot be checked"))
            return nil
        }
        return key
    }

    /// The roots that were noted, with the position of a head whose root was not known.
    private func noted(
        _ head: HeadSlots.Head?, _ report: inout VerifyReport
    ) -> [RootMarks.Mark] {
        var marks: [RootMarks.Mark] = []
        let reached = self.head("log/tree/reached", &report)
        for (head, file) in [(head, "head"), (reached, "log/tree/reached")] {
            guard let head else { continue }
            let isKnown = head.root.contains { $0 != 0 }
            marks.append(
                .init(
                    size: head.position, root: isKnown ? Hash256(head.root.span) : nil,
                    file: file, isPromise: file == "head"))
        }
        do throws(LedgerError) {
            let folder = directory + "/log/tree"
            let signed = try CheckpointFile(folder: folder).read().checkpoints
            for checkpoint in signed
            where !signers.isEmpty && !checkpoint.note.check(keys: signers).isTrusted {
                report.add(
                    .init(
                        position: 0, file: "log/tree/checkpoints",
                        what: "the checkpoint at \(checkpoint.checkpoint.size) "
                            + "is signed by none of the keys"))
            }
            marks += signed.map {
                .init(
                    size: $0.checkpoint.size, root: $0.checkpoint.root,
                    file: "log/tree/checkpoints")
            }
        } catch {
            report.add(
                .init(
                    position: 0, file: "log/tree/checkpoints",
                    what: "a checkpoint is not what was written"))
        }
        return marks
    }

    /// The newest head of a file; damage of either slot is told.
    private func head(_ name: String, _ report: inout VerifyReport) -> HeadSlots.Head? {
        let path = directory + "/" + name
        guard Files.exists(path) else { return nil }
        do throws(StoreError) {
            var slots = try HeadSlots.inspect(path)
            // A slot that is being written may be read half; not so twice.
            if open != nil, !slots.damaged.isEmpty { slots = try HeadSlots.inspect(path) }
            for slot in slots.damaged {
                report.add(
                    .init(
                        position: 0, file: name, what: "slot \(slot) is not what was written"))
            }
            return slots.head
        } catch {
            report.add(.init(position: 0, file: name, what: "it cannot be read: \(error.code)"))
            return nil
        }
    }
}
