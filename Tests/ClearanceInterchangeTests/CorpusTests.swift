import ClearanceTesting
import Foundation
import Testing

/// The fuzzers' corpus, asked what the fuzzers ask.
@Suite("The corpus of hostile and sound input")
struct CorpusTests {
    static let corpus = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fuzz/Corpus")

    static func files(_ kind: String) -> [String] {
        let folder = corpus.appendingPathComponent(kind).path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().map { folder + "/" + $0 }
    }

    @Test("Every input reads the same whole and in pieces, and its events keep their form")
    func inputs() throws {
        let files = Self.files("input")
        #expect(files.count > 20)
        for file in files {
            let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
            #expect(Probe.input(bytes) == [], "\(file)")
            // Cut anywhere, it is broken input, and nothing worse.
            for cut in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 17)) {
                #expect(Probe.input(Array(bytes[..<cut])) == [], "\(file) cut at \(cut)")
            }
        }
    }

    @Test("Every entry decodes, and none of its damaged copies traps")
    func entries() throws {
        let files = Self.files("entry")
        #expect(files.count > 5)
        for file in files {
            let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
            #expect(Probe.entry(bytes) == [], "\(file)")
            for place in bytes.indices {
                var damaged = bytes
                damaged[place] ^= 0x55
                #expect(Probe.entry(damaged) == [], "\(file) at \(place)")
            }
        }
    }

    @Test("Every table reads the same whole and in pieces")
    func tables() throws {
        let files = Self.files("table")
        #expect(files.count > 1)
        for file in files {
            let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
            #expect(Probe.table(bytes) == [], "\(file)")
        }
    }

    @Test("Every proof file, note and key has one form, whole, cut and damaged")
    func proofs() throws {
        let files = Self.files("proof")
        #expect(files.count > 4)
        for file in files {
            let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
            #expect(Probe.proof(bytes) == [], "\(file)")
            for place in stride(from: 0, to: bytes.count, by: 7) {
                var damaged = bytes
                damaged[place] ^= 1
                #expect(Probe.proof(damaged) == [], "\(file) at \(place)")
                #expect(Probe.proof(Array(bytes[..<place])) == [], "\(file) cut at \(place)")
            }
        }
    }
}
