public import ClearanceEvents

/// A rule set of customs' credit management as dated data (`specs/credit.md`).
public struct CreditRules: Sendable, Equatable {
    /// Whether a text of the rule was seen, or it is a choice of ours.
    public enum Status: String, Sendable, Encodable { case confirmed, provisional }

    /// Which enterprises a trigger is for.
    public enum Subject: String, Sendable { case broker, others }

    /// How ratio and amount are joined: the difference between C225 and its successors.
    public enum Join: String, Sendable { case both, either }

    /// A trigger of 失信: n penalties of N documents, and their sum. All comparisons are strict.
    public struct Trigger: Sendable, Equatable {
        public let id: String
        public let subject: Subject
        /// n × denominator > N × numerator; nil for the amount alone (N is 0 or not known).
        public let ratio: Ratio?
        public let join: Join
        /// The sum of fines that must be exceeded, in CNY.
        public let amount: Int64
        public let text: Text
        public let source: String
        public let status: Status
    }

    /// n / N must be greater than `numerator / denominator`.
    public struct Ratio: Sendable, Equatable {
        public let numerator: Int64
        public let denominator: Int64
        /// How many penalties above ``repeatAmount`` the ratio needs besides; 0 for none.
        public var repeats: Int64 = 0
        /// In CNY.
        public var repeatAmount: Int64 = 0
    }

    /// A text in both languages.
    public struct Text: Sendable, Equatable, Encodable {
        public let zh: String
        public let en: String
    }

    /// An announcement that leaves penalties out between two days (C251+170).
    public struct Exclusion: Sendable, Equatable {
        public let id: String
        public let from: CivilDay
        /// Last day.
        public let to: CivilDay
        public let source: String
    }

    public let id: String
    public let instrument: String
    public let validFrom: CivilDay
    /// Last day; nil while in force.
    public let validTo: CivilDay?
    /// Grades from low to high.
    public let grades: [String]
    /// The grade of an enterprise without any trigger.
    public let regular: String
    /// The grade when a trigger holds.
    public let dishonest: String
    public let triggers: [Trigger]
    public let exclusions: [Exclusion]
    /// Self-disclosed penalties up to this fine are no record; nil where no limit was seen.
    public let selfDisclosureLimit: Int64?
    /// Above ``selfDisclosureLimit`` and up to this fine it is not known which limit held.
    public let selfDisclosureDoubt: Int64
    /// Months after the decision before a repair may be asked for; nil where there is none.
    public let repairMonths: Int?
    /// Months after the last trigger when the grade ends by itself.
    public let lapseMonths: Int
    /// Triggers that the ledger cannot evaluate.
    public let notComputed: [String]
    public let source: String
    public let status: Status

    /// Whether the set is in force on a Beijing day.
    public func isInForce(on day: CivilDay) -> Bool {
        validFrom <= day && (validTo.map { day <= $0 } ?? true)
    }

    /// A stable digest of everything that the set says, in hex.
    public var hash: String { LinkKey.of("ruleset", canonicalText).hex }

    /// The set as text, one fact a line: what the hash is taken over.
    public var canonicalText: String {
        var lines = [
            "id=\(id)", "instrument=\(instrument)", "from=\(validFrom)",
            "to=\(validTo.map(\.description) ?? "")",
            "grades=\(grades.joined(separator: ","))", "regular=\(regular)",
            "dishonest=\(dishonest)",
            "selfDisclosure=\(selfDisclosureLimit.map(String.init) ?? ""),\(selfDisclosureDoubt)",
            "repair=\(repairMonths.map(String.init) ?? "")", "lapse=\(lapseMonths)",
            "notComputed=\(notComputed.joined(separator: ","))", "source=\(source)",
            "status=\(status.rawValue)",
        ]
        for rule in triggers {
            let ratio = rule.ratio.map {
                "\($0.numerator)/\($0.denominator),\($0.repeats),\($0.repeatAmount)"
            }
            lines.append(
                "trigger=\(rule.id);\(rule.subject.rawValue);\(ratio ?? "");\(rule.join.rawValue);"
                    + "\(rule.amount);\(rule.source);\(rule.status.rawValue)")
        }
        for rule in exclusions {
            lines.append("exclusion=\(rule.id);\(rule.from);\(rule.to);\(rule.source)")
        }
        return lines.joined(separator: "\n")
    }
}
