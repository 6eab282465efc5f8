import ClearanceEvents
import ClearanceStore
import Foundation
import Testing

@testable import ClearanceLedger

@Suite("The tree of a ledger")
struct TreeTests {
    private let directory = TemporaryDirectory()

    private func signer(_ byte: UInt8 = 1) throws -> KeySigner {
        try #require(
            KeySigner(name: "example.test/log", seed: [UInt8](repeating: byte, count: 32)))
    }

    private func open(signers: [any CheckpointSigner] = []) throws -> Ledger {
        var options = TemporaryDirectory.options(toy: false)
        options.signers = signers
        options.origin = "example.test/log"
        return try Ledger.open(directory.path, options: options)
    }

    private func append(_ ledger: Ledger, _ range: ClosedRange<Int>) throws {
        _ = try ledger.append(range.map { Toy.order($0, at: $0) }, recordedAt: .input)
    }

    /// The leaves of the log, hashed here.
    private func leaves(_ ledger: Ledger) throws -> [Hash256] {
        var leaves: [Hash256] = []
        try ledger.forEachEntry { _, view in
            leaves.append(TreeHash.leaf(view.bytes))
            return true
        }
        return leaves
    }

    private var level1: URL { URL(fileURLWithPath: directory.path + "/log/tree/level-1") }

    @Test("Roots and proofs of a ledger are the reference's, also of a reader and reopened")
    func reference() throws {
        var ledger = try open()
        try append(ledger, 1...300)
        try append(ledger, 301...777)
        let leaves = try leaves(ledger)
        for round in 0..<3 {
            for size in [1, 2, 255, 256, 257, 511, 512, 513, 777] {
                let root = TreeReference.root(leaves[..<size])
                #expect(try ledger.root(size: UInt64(size)) == root)
                for position in [1, 2, size / 2 + 1, size] where position <= size {
                    #expect(
                        try ledger.inclusionPath(of: UInt64(position), size: UInt64(size))
                            == TreeReference.path(position - 1, leaves[..<size]))
                }
                #expect(
                    try ledger.consistencyPath(from: UInt64(size), to: 777)
                        == TreeReference.consistency(size, leaves[...]))
            }
            #expect(throws: LedgerError.self) { try ledger.root(size: 778) }
            try ledger.close()
            #expect(try Data(contentsOf: level1).count == 3 * 32)
            // Then as a reader, then as the writer once more.
            let options = TemporaryDirectory.options(toy: false)
            if round == 0 { ledger = try Ledger.openReader(directory.path, options: options) }
            if round == 1 { ledger = try open() }
        }
        let head = try HeadSlots(directory.path + "/head", readOnly: true).head
        #expect(head?.position == 777)
        #expect(head?.root == TreeReference.root(leaves[...]).bytes)
        #expect(try Ledger.verify(directory.path).isIntact)
    }

    @Test(
        "Hash files that are cut, damaged, too long or gone are made anew",
        arguments: [
            "cut", "torn", "flipped", "longer", "gone", "noMark", "badMark", "folder",
        ])
    func damaged(_ kind: String) throws {
        var ledger = try open()
        try append(ledger, 1...1_500)
        let root = try TreeReference.root(leaves(ledger)[...])
        try ledger.close()
        let mark = URL(fileURLWithPath: directory.path + "/log/tree/reached")
        var bytes = try Data(contentsOf: level1)
        let sound = bytes
        switch kind {
        case "cut": bytes.removeLast(32)
        case "torn": bytes.removeLast(5)
        case "flipped": bytes[40] ^= 4
        case "longer": bytes.append(Data(repeating: 9, count: 50))
        default: break
        }
        try bytes.write(to: level1)
        let files = FileManager.default
        if kind == "gone" { try files.removeItem(at: level1) }
        if kind == "noMark" { try files.removeItem(at: mark) }
        if kind == "badMark" { try Data(repeating: 3, count: 1_024).write(to: mark) }
        if kind == "folder" { try files.removeItem(atPath: directory.path + "/log/tree") }
        // Who only reads is not misled.
        let reader = try Ledger.openReader(
            directory.path, options: TemporaryDirectory.options(toy: false))
        #expect(try reader.root(size: 1_500) == root)
        try reader.close()
        ledger = try open()
        #expect(try ledger.root(size: 1_500) == root)
        try append(ledger, 1_501...1_600)
        try ledger.close()
        let made = try Data(contentsOf: level1)
        #expect(made.count == 6 * 32 && made.prefix(5 * 32) == sound)
        #expect(try Ledger.verify(directory.path).isIntact)
    }

    @Test("What stood behind the flushed position after a crash is hashed again")
    func crash() throws {
        var ledger = try open()
        try append(ledger, 1...600)
        try ledger.close()
        ledger = try open()
        try append(ledger, 601...1_300)
        try ledger.close()
        // As if the second run had been cut off before it flushed: its mark is the first one's.
        let sound = try Data(contentsOf: level1)
        let slots = try HeadSlots(directory.path + "/log/tree/reached")
        ledger = try open()
        let root = try ledger.root(size: 600)
        try ledger.close()
        try slots.write(position: 600, root: root.bytes)
        try (sound + Data(repeating: 1, count: 7)).write(to: level1)
        ledger = try open()
        try append(ledger, 1_301...1_301)
        try ledger.close()
        #expect(try Data(contentsOf: level1) == sound)
    }

    @Test("The lag comes to nothing, and an integrator says where it is")
    func lag() async throws {
        let ledger = try open()
        _ = try await ledger.append((1...400).map { Toy.order($0, at: $0) }, recordedAt: .input)
        var status = try ledger.integration()
        for _ in 0..<2_000 where status.position < 400 {
            try await Task.sleep(nanoseconds: 1_000_000)
            status = try ledger.integration()
        }
        #expect(status == IntegrationStatus(position: 400, lag: 0, seconds: 0, failure: nil))
    }

    @Test("Checkpoints are signed, kept, each consistent with the last, and one for one state")
    func checkpoints() throws {
        let (one, two) = (try signer(1), try signer(2))
        var ledger = try open(signers: [one])
        let empty = try ledger.checkpoint()
        #expect(empty.checkpoint.size == 0 && empty.checkpoint.root == TreeHash.empty)
        try append(ledger, 1...300)
        let first = try ledger.checkpoint()
        #expect(try ledger.checkpoint() == first)
        #expect(first.checkpoint.origin == "example.test/log" && first.checkpoint.size == 300)
        #expect(first.note.check(keys: [one.key]).isTrusted)
        try append(ledger, 301...301)
        try ledger.close()
        #expect(try ledger.checkpoints().map(\.checkpoint.size) == [0, 300, 301])
        ledger = try open(signers: [one, two])
        let second = try ledger.checkpoint()
        #expect(second.note.check(keys: [one.key, two.key], threshold: 2).isTrusted)
        try ledger.close()
        #expect(try ledger.lastCheckpoint() == second)
    }

    @Test("Not even the position of an empty log is reached before the tree's folder is there")
    func preparing() throws {
        let ledger = try open()
        let folder = directory.path + "/work"
        let work = TreeWork(log: ledger.log, folder: folder)
        #expect(!work.reached(0) && !Files.exists(folder))
        #expect(!work.run())
        #expect(work.reached(0) && !work.reached(1) && Files.exists(folder))
        try ledger.close()
    }

    @Test("Further signatures of a checkpoint are kept with it, and of no other text")
    func cosigned() throws {
        let (one, two) = (try signer(1), try signer(2))
        let ledger = try open(signers: [one])
        try append(ledger, 1...3)
        let signed = try ledger.checkpoint()
        let note = try SignedNote(signing: signed.note.text, by: [two])
        let witnessed = try #require(SignedCheckpoint(note))
        let joined = try #require(try ledger.keep(witnessed))
        #expect(joined.note.check(keys: [one.key, two.key], threshold: 2).isTrusted)
        #expect(try ledger.lastCheckpoint() == joined)
        let other = try SignedNote(
            signing: Checkpoint(origin: "o", size: 3, root: TreeHash.empty).text, by: [two])
        let foreign = try #require(SignedCheckpoint(other))
        #expect(try ledger.keep(foreign) == nil)
        try ledger.close()
    }

    @Test("A key stands once under a checkpoint, and no later signer takes another's away")
    func joined() throws {
        let (one, two) = (try signer(1), try signer(2))
        var ledger = try open(signers: [one])
        try append(ledger, 1...3)
        let signed = try ledger.checkpoint()
        var bytes = signed.note.bytes
        // The same key once more, and wrongly.
        bytes += "\u{2014} \(one.key.name) ".utf8
        let id = one.key.id
        Base64.append(BigEndian.bytes(id) + [UInt8](repeating: 0, count: 64), to: &bytes)
        bytes.append(10)
        let doubled = try #require(SignedCheckpoint(bytes))
        #expect(!doubled.note.check(keys: [one.key]).isTrusted)
        #expect(try ledger.keep(doubled) == signed)
        #expect(try ledger.lastCheckpoint() == signed)
        try ledger.close()
        ledger = try open(signers: [two])
        let both = try ledger.checkpoint()
        #expect(both.note.signatures.count == 2)
        #expect(both.note.check(keys: [one.key, two.key], threshold: 2).isTrusted)
        #expect(try ledger.lastCheckpoint() == both)
        try ledger.close()
    }

    @Test("Where no signature finds room any more, signing says so and none is lost")
    func noRoom() throws {
        let one = try signer(1)
        var ledger = try open(signers: [one])
        try append(ledger, 1...3)
        var bytes = try ledger.checkpoint().note.bytes
        for number in 1..<UInt32(ProofLimits.signatures) {
            bytes += "\u{2014} witness-\(number) ".utf8
            Base64.append(BigEndian.bytes(number) + [UInt8](repeating: 0, count: 64), to: &bytes)
            bytes.append(10)
        }
        let full = try #require(SignedCheckpoint(bytes))
        #expect(try ledger.keep(full) == full)
        try ledger.close()
        ledger = try open(signers: [try signer(2)])
        let error = #expect(throws: LedgerError.self) { try ledger.checkpoint() }
        #expect(error?.code == .signing)
        #expect(try ledger.lastCheckpoint() == full)
        // The next one has room.
        try append(ledger, 4...4)
        #expect(try ledger.checkpoint().note.signatures.count == 1)
        try ledger.close()
    }

    @Test("A torn checkpoint is cut off; one that was changed stops signing")
    func checkpointFile() throws {
        let one = try signer()
        var ledger = try open(signers: [one])
        try append(ledger, 1...10)
        try ledger.close()
        let file = URL(fileURLWithPath: directory.path + "/log/tree/checkpoints")
        let sound = try Data(contentsOf: file)
        for torn in [sound.prefix(3), sound.prefix(20), sound.dropLast()] {
            try (sound + torn).write(to: file)
            ledger = try open(signers: [one])
            try ledger.close()
            #expect(try Data(contentsOf: file) == sound)
        }
        var changed = sound
        changed[changed.count - 20] ^= 1
        try changed.write(to: file)
        ledger = try open(signers: [one])
        #expect(throws: LedgerError.self) { try ledger.checkpoint() }
        #expect(throws: LedgerError.self) { try ledger.close() }
    }

    @Test("Nothing is signed over a log that is not what was signed before")
    func otherHistory() throws {
        let one = try signer()
        var ledger = try open(signers: [one])
        try append(ledger, 1...20)
        try ledger.close()
        let other = TemporaryDirectory()
        var options = TemporaryDirectory.options(toy: false)
        options.origin = "example.test/log"
        ledger = try Ledger.open(other.path, options: options)
        try append(ledger, 21...60)
        try ledger.close()
        // The same log with the checkpoints of another one.
        let files = FileManager.default
        let kept = other.path + "/log/tree/checkpoints"
        try files.copyItem(atPath: directory.path + "/log/tree/checkpoints", toPath: kept)
        options.signers = [one]
        ledger = try Ledger.open(other.path, options: options)
        #expect(throws: LedgerError.self) { try ledger.checkpoint() }
        #expect(throws: LedgerError.self) { try ledger.close() }
        ledger = try Ledger.open(other.path, options: options)
        #expect(throws: LedgerError.self) { try ledger.checkpoint() }
        #expect(throws: LedgerError.self) { try ledger.close() }
        try files.removeItem(atPath: kept)
        ledger = try Ledger.open(other.path, options: options)
        #expect(try ledger.checkpoint().checkpoint.size == 40)
        try ledger.close()
    }

    @Test("A key inside the ledger is refused, as is none, and one that signs wrongly")
    func signers() throws {
        let ledger = try open()
        #expect(throws: LedgerError.self) { try ledger.checkpoint() }
        try ledger.close()
        let one = try signer()
        let inside = directory.path + "/keys/note.key"
        try Data((one.secretText + "\n").utf8).write(to: URL(fileURLWithPath: inside))
        #expect(throws: LedgerError.self) { try open(signers: [try KeySigner(file: inside)]) }
        let outside = TemporaryDirectory()
        try FileManager.default.createDirectory(
            atPath: outside.path, withIntermediateDirectories: true)
        let link = outside.path + "/link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: inside)
        #expect(throws: LedgerError.self) { try open(signers: [try KeySigner(file: link)]) }
        let wrong = try open(signers: [WrongSigner(key: one.key)])
        #expect(throws: LedgerError.self) { try wrong.checkpoint() }
    }

    private struct WrongSigner: CheckpointSigner {
        let key: NoteKey

        func sign(_ text: [UInt8]) throws -> [UInt8] { [UInt8](repeating: 0, count: 64) }
    }
}
