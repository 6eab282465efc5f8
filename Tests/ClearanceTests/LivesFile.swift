import ClearanceEvents
import ClearanceInterchange
import ClearanceLedger
import ClearanceMatching
import ClearanceProjections
import Foundation

/// One life of `specs/lives`: its events, and what people ask of them.
struct LivesFile: Sendable, CustomStringConvertible {
    /// The file's name without its ending, e.g. `01-bonded-import-with-return`.
    let name: String

    var description: String { name }

    private static let package =
        "/"
        + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

    /// Every life, in the order of the numbers.
    static let all: [LivesFile] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".ndjson") }.sorted()
            .map { LivesFile(name: String($0.dropLast(".ndjson".count))) }
    }()

    static let folder = package + "/specs/lives"

    /// What the reader yields of the file under the `open` profile.
    func items() throws -> [ParsedItem] {
        let path = LivesFile.folder + "/\(name).ndjson"
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        var items: [ParsedItem] = []
        InterchangeReader.read(bytes.span, file: name, profile: .open) { items.append($0) }
        return items
    }

    func events() throws -> [Event] {
        try items().compactMap {
            if case .event(let event, _, _, _) = $0 { event } else { nil }
        }
    }

    func story() throws -> LivesStory {
        let path = LivesFile.folder + "/\(name).expected.json"
        return try JSONDecoder().decode(
            LivesStory.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    }
}

/// The expected answers of a life.
struct LivesStory: Decodable {
    /// The same in both languages.
    struct Text: Decodable {
        let zh: String
        let en: String
    }

    /// A question with the part of the answer that must hold.
    struct Ask: Decodable {
        let question: Text
        let query: Query
        let answer: LivesJSON
    }

    /// A command of the tool with its arguments.
    struct Query: Decodable {
        let command: String
        let subject: String?
        /// A Beijing date, which means its end, or an RFC 3339 time.
        let asOf: String?
        let knownAt: UInt64?
        let agency: String?
        let by: [String]?
    }

    let title: Text
    let asks: [Ask]
    /// What later folds will answer.
    let later: [Text]
}

/// A scratch ledger with the folds of the tool, removed when it goes.
final class LivesLedger {
    private let directory = NSTemporaryDirectory() + "clearance-lives-" + UUID().uuidString
    let ledger: Ledger

    /// A ledger that holds the events, appended in batches of the given size.
    init(_ events: [Event] = [], batch: Int = 7) throws {
        var options = LedgerOptions()
        options.logMapSize = 1 << 28
        options.stateMapSize = 1 << 28
        options.indexKey = Array(repeating: 9, count: 16)
        options.projections.add(MatchFold())
        options.projections.add(ProcedureFold())
        options.projections.add(CreditFold())
        ledger = try Ledger.open(directory, options: options)
        _ = try append(events, batch: batch)
    }

    deinit {
        try? ledger.close()
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// Appends events and brings the projections to the end after every batch.
    func append(_ events: [Event], batch: Int = 7) throws -> [AppendOutcome] {
        var outcomes: [AppendOutcome] = []
        for start in stride(from: 0, to: events.count, by: batch) {
            let part = Array(events[start..<min(start + batch, events.count)])
            outcomes += try ledger.append(part, recordedAt: .input)
            try ledger.project()
        }
        return outcomes
    }

    func digest() throws -> String { try ledger.view().digest() }
}
