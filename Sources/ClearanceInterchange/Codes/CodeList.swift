internal import ClearanceEvents

/// One list of codes as customs uses them, with where it comes from and how far it can be trusted.
///
/// Looked up by bytes lent to it, without allocation: a rule stands on the path of every field.
public struct CodeList: Sendable {
    /// How far a code that the list lacks can be called wrong.
    public enum Status: String, Sendable, CaseIterable {
        /// The whole list of its source: a code that it lacks is unknown.
        case complete
        /// A copy of the whole list that no authority vouches for: an unknown code is a finding
        /// that says so.
        case provisional
        /// Known to lack codes: no code is wrong because the list lacks it.
        case partial
    }

    /// What the list is of.
    public let name: MessageText
    public let source: String
    /// The year or day of the source.
    public let date: String
    public let status: Status
    private let table: WordTable
    private let meanings: [String]

    /// A list written as one code a line, its meaning behind a blank. Traps for a code that stands
    /// twice.
    init(_ name: MessageText, source: String, date: String, status: Status, _ text: String) {
        let lines = text.split(separator: "\n").map {
            $0.split(separator: " ", maxSplits: 1).map(String.init)
        }
        self.name = name
        self.source = source
        self.date = date
        self.status = status
        table = WordTable(lines.map { $0[0] })
        meanings = lines.map { $0.count > 1 ? $0[1] : "" }
    }

    /// Number of codes.
    public var count: Int { meanings.count }

    /// Whether the list has the code.
    public func contains(_ code: Span<UInt8>) -> Bool { table.number(of: code) != 0 }

    /// What the code means; nil when the list lacks it.
    public func meaning(of code: String) -> String? {
        let number = Int(table.number(of: code))
        return number == 0 ? nil : meanings[number - 1]
    }

    /// Whether nothing can be said against the code: a partial list never calls one wrong.
    func allows(_ code: Span<UInt8>) -> Bool { status == .partial || contains(code) }

    /// The message for a code that the list lacks.
    var unknown: MessageText {
        let isSure = status == .complete
        return MessageText(
            zh: "不在\(name.zh)表内" + (isSure ? "" : "（所据为非官方抄本）"),
            en: "not in the list of \(name.en)" + (isSure ? "" : " (a copy that is not official)"))
    }
}

extension CodeList {
    /// The lists, by the word of the rule that looks codes up in them.
    static let all: [(word: String, list: CodeList)] = [
        ("unit", units), ("currency", currencies), ("traf", transportModes),
        ("mode", supervisionModes), ("country", countries), ("country", countryLetters),
        ("customs", customsDistricts), ("wrap", packageTypes),
    ]
}
