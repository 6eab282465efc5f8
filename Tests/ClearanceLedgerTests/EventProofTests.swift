import ClearanceEvents
import ClearanceStore
import Foundation
import Seeded
import Testing

@testable import ClearanceLedger

@Suite("Proof files")
struct EventProofTests {
    /// The worked example of `specs/proofs.md`, made from its parts.
    struct Example {
        let key: NoteKey
        let proof: EventProof

        init() throws {
            let seeds = try Vectors.object("ed25519.json")["vectors"] as? [[String: String]] ?? []
            let seed = Vectors.bytes(hex: seeds.first?["key"] ?? "")
            let signer = try #require(KeySigner(name: "example.test/ledger", seed: seed))
            key = signer.key
            let entries = try ["order", "payment", "waybill"].map { name in
                let entry = try Vectors.object("../\(name).json")["entry"] as? String
                return Vectors.bytes(hex: try #require(entry))
            }
            let leaves = entries.map { TreeHash.leaf($0.span) }
            let checkpoint = Checkpoint(
                origin: "example.test/ledger", size: 3, root: TreeReference.root(leaves[...]))
            var builder = EventProofBuilder()
            for index in [0, 2] {
                builder.add(
                    index: UInt64(index), entry: entries[index],
                    path: TreeReference.path(index, leaves[...]))
            }
            let note = try SignedNote(signing: checkpoint.text, by: [signer])
            proof = builder.proof(under: note)
        }
    }

    private let example: Example
    private var policy: ProofPolicy { ProofPolicy(keys: [example.key]) }
    private var text: String { String(decoding: example.proof.bytes, as: UTF8.self) }

    init() throws { example = try Example() }

    private func report(_ text: String, _ policy: ProofPolicy? = nil) -> ProofReport {
        ProofReport.of(Array(text.utf8), policy: policy ?? self.policy)
    }

    private func failed(_ text: String, _ policy: ProofPolicy? = nil) -> [ProofReport.Check] {
        report(text, policy).failures.map(\.check)
    }

    @Test("The worked example is made again byte for byte, and proves what the page says")
    func worked() throws {
        let files = [
            ("proof.txt", text), ("key.txt", example.key.description + "\n"),
        ]
        for (name, wanted) in files {
            let file = Vectors.folder.appendingPathComponent(name)
            if ProcessInfo.processInfo.environment["CLEARANCE_WRITE_SPECS"] == "1" {
                try Data(wanted.utf8).write(to: file)
            }
            #expect(try String(contentsOf: file, encoding: .utf8) == wanted, "\(name)")
        }
        let found = report(text)
        #expect(found.isProven && found.failures == [])
        #expect(found.facts.map(\.position) == [1, 3])
        #expect(found.facts.map(\.subject) == ["order:EBP1/NO1", "waybill:LOG1/W1"])
        #expect(found.facts.map(\.type) == [.orderSubmitted, .waybillSubmitted])
        #expect(found.checkpoint?.size == 3 && found.signatures.map(\.isValid) == [true])
        #expect(example.proof.items.map(\.path) == [[0, 1], [2]])
        #expect(try EventProof(example.proof.bytes) == example.proof)
    }

    @Test("Each kind of tampering fails, and the check that failed is named")
    func tampered() throws {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        func line(_ prefix: String, _ number: Int = 0) throws -> String {
            let found = lines.filter { $0.hasPrefix(prefix) }
            return try #require(found.count > number ? found[number] : nil)
        }
        func replaced(_ old: String, _ new: String) -> String {
            text.replacingOccurrences(of: old + "\n", with: new + "\n")
        }
        let entry = try line("entry ")
        let middle = entry.index(entry.startIndex, offsetBy: 60)
        let other = entry[middle] == "A" ? "B" : "A"
        let changed = entry.replacingCharacters(in: middle...middle, with: other)
        #expect(failed(replaced(entry, changed)) == [.path])
        let (hash, second) = (lines[3], lines[4])
        #expect(failed(replaced(hash, second)).contains(.path))
        #expect(failed(replaced("index 0", "index 1")) == [.path])
        #expect(failed(replaced("index 2", "index 3")) == [.index])
        #expect(failed(replaced("path 2", "path 1")) == [.format])
        #expect(failed(replaced("path 0 1", "path 1 0")) == [.format])
        #expect(failed(replaced("events 2", "events 1")) == [.format])
        #expect(failed(replaced("hashes 3", "hashes 03")) == [.format])
        // The first leaf's path is as long in a tree of four; only the signature knows the size.
        #expect(
            failed(text.replacingOccurrences(of: "\n3\n", with: "\n4\n"))
                == [.signature, .keys, .path])
        #expect(failed(replaced("example.test/ledger", "example.test/other")).first == .signature)
        let root = try #require(lines.last { $0.count == 44 })
        #expect(
            failed(replaced(root, TreeHash.empty.base64))
                == [.signature, .keys, .path, .path])
        let signature = try line("\u{2014} ")
        let name = signature.replacingOccurrences(of: "example.test/ledger", with: "someone.test")
        #expect(failed(replaced(signature, name)) == [.keys])
        #expect(failed(text + signature + "\n") == [.signature])
        #expect(failed(String(text.dropLast())) == [.checkpoint])
        #expect(failed(text.replacingOccurrences(of: "\n", with: "\r\n")) == [.format])
    }

    @Test("A policy is kept: other keys, a threshold, another log")
    func policies() throws {
        let other = try #require(
            KeySigner(name: "other.test", seed: [UInt8](repeating: 4, count: 32)))
        #expect(failed(text, ProofPolicy(keys: [other.key])) == [.keys])
        #expect(failed(text, ProofPolicy(keys: [])) == [.keys])
        #expect(failed(text, ProofPolicy(keys: [other.key, example.key])) == [])
        #expect(
            failed(text, ProofPolicy(keys: [other.key, example.key], threshold: 2)) == [.keys])
        #expect(
            failed(text, ProofPolicy(keys: [example.key], origin: "another.test")) == [.origin])
        #expect(
            failed(text, ProofPolicy(keys: [example.key], origin: "example.test/ledger")) == [])
    }

    @Test("No single bit can be changed, and no end cut off, without a check that fails")
    func everyBit() {
        let bytes = example.proof.bytes
        for index in bytes.indices {
            var other = bytes
            other[index] ^= 1 << UInt8(index % 8)
            #expect(!ProofReport.of(other, policy: policy).isProven, "byte \(index)")
            let cut = ProofReport.of(Array(bytes[..<index]), policy: policy)
            #expect(!cut.isProven, "cut at \(index)")
        }
        #expect(!ProofReport.of(bytes + [10], policy: policy).isProven)
    }

    @Test("An entry that cannot be read is not proven, though its path holds")
    func unreadable() throws {
        let signer = try #require(
            KeySigner(name: "a.test", seed: [UInt8](repeating: 4, count: 32)))
        let entry = Array("no entry".utf8)
        let root = TreeHash.leaf(entry.span)
        let note = try SignedNote(
            signing: Checkpoint(origin: "a.test", size: 1, root: root).text, by: [signer])
        var builder = EventProofBuilder()
        builder.add(index: 0, entry: entry, path: [])
        let found = builder.proof(under: note).check(ProofPolicy(keys: [signer.key]))
        #expect(found.failures.map(\.check) == [.entry] && found.facts.isEmpty)
    }

    @Test("Proofs that a ledger hands out hold, of one event and of many, at any checkpoint")
    func ledgers() throws {
        let directory = TemporaryDirectory()
        let signer = try #require(
            KeySigner(name: "example.test/log", seed: [UInt8](repeating: 4, count: 32)))
        var options = TemporaryDirectory.options(toy: false)
        options.signers = [signer]
        let ledger = try Ledger.open(directory.path, options: options)
        let policy = ProofPolicy(keys: [signer.key])
        var last = 0
        let seed: UInt64 = 20_261_121
        var random = SeededGenerator(seed: seed)
        for count in [1, 2, 300, 530] {
            _ = try ledger.append(
                (last + 1...count).map { Toy.order($0, at: $0) }, recordedAt: .input)
            last = count
            let signed = try ledger.checkpoint()
            let all = (1...UInt64(count)).shuffled(using: &random)
            for positions in [Array(all.prefix(1)), Array(all.prefix(7)), all] {
                let proof = try ledger.proof(of: positions, under: signed)
                #expect(try EventProof(proof.bytes) == proof)
                let found = proof.check(policy)
                #expect(found.isProven, "seed \(seed), \(count)")
                #expect(found.facts.map(\.position) == positions.sorted())
            }
        }
        // Under an earlier checkpoint too, and never under one of another tree.
        let early = try #require(try ledger.checkpoints().first { $0.checkpoint.size == 300 })
        #expect(try ledger.proof(of: [7, 300], under: early).check(policy).isProven)
        let forged = try SignedNote(
            signing: Checkpoint(origin: "o", size: 300, root: TreeHash.empty).text, by: [signer])
        let foreign = try #require(SignedCheckpoint(forged))
        #expect(throws: LedgerError.self) { try ledger.proof(of: [7], under: foreign) }
        try ledger.close()
    }
}
