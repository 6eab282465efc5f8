import ClearanceEvents
import Glibc
import Testing

@testable import ClearanceInterchange

/// The items of an input, split by what became of them.
struct Parsed: Equatable {
    var events: [Event] = []
    var findings: [[InputFault]] = []
    var notes: [InputNotes] = []
    var rejects: [Reject] = []

    /// Reads a text, in pieces of so many bytes when `piece` is given.
    init(_ text: String, profile: EventProfile? = nil, piece: Int? = nil) {
        self.init(bytes: Array(text.utf8), profile: profile, piece: piece)
    }

    init(
        bytes: [UInt8], profile: EventProfile? = nil, piece: Int? = nil,
        mapping: TableMapping? = nil
    ) {
        var reader = InterchangeReader(file: "input", profile: profile, mapping: mapping)
        var items: [ParsedItem] = []
        var index = 0
        while index < bytes.count {
            let end = min(bytes.count, index + (piece ?? bytes.count))
            reader.push(bytes.span.extracting(index..<end)) { items.append($0) }
            index = end
        }
        reader.finish { items.append($0) }
        for item in items {
            switch item {
            case .event(let event, let found, let note, _):
                events.append(event)
                findings.append(found)
                notes.append(note)
            case .reject(let reject): rejects.append(reject)
            }
        }
        for fault in findings.joined() + rejects.flatMap(\.faults) {
            #expect(FindingCode.of(fault.code) != nil, "\(fault.code) is in no catalogue")
        }
    }

    var codes: [String] { rejects.map(\.code) }
    var findingCodes: [String] { findings.joined().map(\.code) }
}

/// Files of the official kit, where it lies beside the package.
enum Kit {
    static let root = Kit.package + "/../shared/ceb"
    static let package = {
        let parts = #filePath.split(separator: "/").dropLast(3)
        return "/" + parts.joined(separator: "/")
    }()
    static let isThere = unsafe access(root + "/SOURCES.md", R_OK) == 0
    static let versions = ["2018-113", "202205"]
    /// The messages of which a sample was published, by the edition.
    static func messages(_ version: String) -> [String] {
        imports + exports + (version == "202205" ? newExports : [])
    }

    static let imports = [
        "CEB311", "CEB312", "CEB411", "CEB412", "CEB511", "CEB512", "CEB513", "CEB514", "CEB621",
        "CEB622", "CEB623", "CEB624", "CEB625", "CEB626", "CEB711", "CEB712",
    ]
    static let exports = [
        "CEB303", "CEB304", "CEB403", "CEB404", "CEB505", "CEB506", "CEB507", "CEB508", "CEB509",
        "CEB510", "CEB603", "CEB604", "CEB605", "CEB606", "CEB607", "CEB608", "CEB701", "CEB702",
        "CEB792",
    ]
    static let newExports = ["CEB213", "CEB214", "CEB215", "CEB216"]

    static func bytes(_ path: String) -> [UInt8] { file(root + "/" + path) }

    /// The bytes of a file; none when it is not there.
    static func file(_ path: String) -> [UInt8] {
        guard let file = unsafe fopen(path, "r") else { return [] }
        defer { unsafe fclose(file) }
        var all: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe fread(&piece, 1, piece.count, file)
            if count == 0 { return all }
            all.append(contentsOf: piece[..<count])
        }
    }

    static func sample(_ message: String, _ version: String) -> [UInt8] {
        let folder = imports.contains(message) ? "import" : "export"
        return bytes("official-\(version)/samples/\(folder)/\(message)Message.xml")
    }
}
