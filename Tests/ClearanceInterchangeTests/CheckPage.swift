@testable import ClearanceInterchange

/// `specs/interchange-codes.md`, made of the tables that the code uses.
enum CheckPage {
    static var text: String {
        head + codes + rules + figures + notes + lists
    }

    private static let head = """
        # Codes of checks

        A **code** is the stable word of a refusal or a finding. This page is made from the \
        tables of the code
        (`CLEARANCE_WRITE_SPECS=1 swift test --filter CheckPageTests`); what the layers mean \
        and when one refuses stands in
        [interchange.md](interchange.md).

        A *fault* refuses its document, a *finding* stands beside the kept event. Each has a \
        code, a path (XPath or JSON path), line
        and column, a message in Chinese and English, and `customsCode` where customs' own \
        table of error numbers (202205, table 7-2)
        says the same. Texts never hold a value of the document.

        """

    private static var codes: String {
        var text = ""
        for layer in CheckLayer.allCases {
            text += "\n## Layer \(layer.rawValue) · \(layer.title.zh)\n\n"
            text += "| Code | 中文 | English | Source | Customs' numbers |\n|---|---|---|---|---|\n"
            for code in FindingCode.all where code.layer == layer {
                let numbers = CustomsNumbers.table.filter { entry in
                    entry.key.split(separator: " ")[1].prefix { $0 != ":" } == code.word
                }
                let list = Set(numbers.values).sorted().map { "`\($0)`" }.joined(separator: " ")
                text += "| `\(code.word)` | \(code.meaning.zh) | \(code.meaning.en) | "
                text += "\(code.source) | \(list.isEmpty ? "–" : list) |\n"
            }
        }
        let rest = CustomsNumbers.table.filter { $0.key.hasSuffix(" *") }.sorted { $0.key < $1.key }
        text += "\nAny other finding of values or business carries the number with which customs "
        text += "refuses the message as a whole: "
        text += rest.map { "\($0.key.dropLast(2)) `\($0.value)`" }.joined(separator: ", ")
        return text + ".\n\n| Number | What customs says |\n|---|---|\n"
            + Set(CustomsNumbers.table.values).sorted().map { number in
                "| `\(number)` | \(CustomsErrors.text(number) ?? "") |\n"
            }.joined()
    }

    private static var rules: String {
        var text = "\n## Rules of single values\n\n"
        text += "The rule of a field goes with its name, unless its line in a message's table has "
        text += "a word of its own.\n\n"
        text += "| Word | Fields | What holds |\n|---|---|---|\n"
        for (word, meaning) in meanings {
            let names = CEBRule.byName.filter { $0.value == CEBRule(word) }.keys.sorted()
            let list = names.map { "`\($0)`" }.joined(separator: " ")
            text += "| `\(word)` | \(list.isEmpty ? "by the message" : list) | \(meaning) |\n"
        }
        text += "\nFixed values: `currency` 142 and `packNo` 1 on import; `tradeMode` 9610, 1210 "
        text += "on import and "
        text += "9610, 1210, 1239, 9710, 9810 on export; every other decimal is an `amount`.\n"
        return text
    }

    private static let meanings: [(String, String)] = [
        ("time", "14 or 17 digits that are a point in time"),
        ("date", "eight digits that are a day"),
        ("unit", "in the list of units"), ("currency", "in the list of currencies"),
        ("country", "three digits, or in the list of letters"),
        ("traf", "in the list of modes of transport"), ("wrap", "one digit"),
        ("customs", "four digits"), ("division", "six digits, the first not 0 (GB/T 2260)"),
        ("guid", "36 visible characters without small letters; of requests"),
        ("preNo", "a capital letter, a day, nine digits"),
        ("invtNo", "district, year, I or E, nine digits; export up to eleven"),
        ("hs", "ten digits, chapter 01 to 97"),
        (
            "enterprise",
            "ten characters of a customs code, or 18 with the check character of GB 32100"
        ),
        ("platform", "as `enterprise` when it has 18 characters; else anything"),
        ("owner", "`NO` or as `enterprise`"),
        ("barCode", "8, 12, 13 or 14 digits have the check digit of GS1"),
        ("amount", "not below zero"), ("positive", "above zero"), ("integer", "a whole number"),
    ]

    private static var figures: String {
        var text = "\n## Business checks\n\n"
        text += "One row each, in the order in which they run; what they mean is told in "
        text += "`CEBCheckRow`. Rules that need more than one document (X1, X3 to X8, X14 to X16) "
        text += "are in "
        text += "[matching.md](matching.md) and [procedure.md](procedure.md).\n\n"
        text += "| Message | Rows |\n|---|---|\n"
        for (message, rows) in CEBCheckTable.texts.sorted(by: { $0.key < $1.key }) {
            let list = rows.split(separator: "\n").map { "`\($0)`" }.joined(separator: " · ")
            text += "| \(message) | \(list) |\n"
        }
        return text
    }

    private static var notes: String {
        var text = "\n## Where XSD and PDF disagree\n\n"
        text += "The XSD decides. A refusal at one of these places says so in its `note`.\n\n"
        text += "| Message | Field | Code | Note |\n|---|---|---|---|\n"
        for row in EditionNotes.rows {
            text += "| \(row.message) | `\(row.field)` | `\(row.code)` | \(row.note.en) |\n"
        }
        return text
    }

    private static var lists: String {
        var text = "\n## Code lists\n\n"
        text += "A code that a *partial* list lacks is never called wrong, only a malformed one "
        text += "is; of a *provisional* list "
        text += "the finding says that the copy is not official.\n\n"
        text += "| Rule | List | Codes | Status | Source | Date |\n|---|---|---|---|---|---|\n"
        for (word, list) in CodeList.all + [("returnStatus", CustomsErrors.list)] {
            text += "| `\(word)` | \(list.name.en) \(list.name.zh) | \(list.count) | "
            text += "\(list.status.rawValue) | \(list.source) | \(list.date) |\n"
        }
        return text
    }
}
