/// Check codes of customs that speak about the comparison of papers.
///
/// Source: codes seen in stored receipts, mapped in `specs/matching.md` to the message rules; other
/// codes (quota, guarantee, form) say nothing about matching.
enum CustomsCheck {
    /// The outcome that a code stands for; nil for codes about something else.
    static func outcome(of code: String) -> MatchOutcome? {
        switch code {
        case "1332": .amountMismatch
        case "1327", "13127", "130126": .partyMismatch
        case "1320", "1322": .itemMismatch
        case "13035": .ruleMismatch
        default: nil
        }
    }
}
