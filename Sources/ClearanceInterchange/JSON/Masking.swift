internal import ClearanceEvents

/// How personal texts are shown to those who have not given a reason to see them.
///
/// Source: `specs/cli.md` (masked output) and `specs/interchange.md`.
public enum Masking {
    /// The masked form of a personal field, by its name: identity numbers keep four characters at
    /// both ends, names the first, telephones three and four, customs' words (`returnInfo`) their
    /// check codes; everything else shows nothing.
    public static func masked(_ text: String, field: String) -> String {
        if text.isEmpty { return text }
        if field.hasSuffix("IdNumber") || field == "idNumber" {
            return kept(text, front: 4, back: 4, stars: 10)
        }
        if field.hasSuffix("elephone") { return kept(text, front: 3, back: 4, stars: 4) }
        if field.hasSuffix("Name") || field == "name" || field == "consignee" {
            return String(text.prefix(1)) + "*"
        }
        if field == "returnInfo" {
            let codes = checkCodes(text)
            return codes.isEmpty ? "***" : codes.joined(separator: " ")
        }
        return "***"
    }

    /// The check codes in customs' words (`[Code:1332;Desc:…]`), in their order.
    public static func checkCodes(_ text: String) -> [String] {
        text.split(separator: "[").compactMap { part in
            guard part.hasPrefix("Code:") else { return nil }
            let code = part.dropFirst(5).prefix { $0 != ";" && $0 != "]" }
            // A longer number may be a person's.
            let isCode =
                (1...8).contains(code.count)
                && code.allSatisfy { $0.isASCII && ($0.isNumber || $0 == "-") }
            return isCode ? String(code) : nil
        }
    }

    /// The form without any letter or digit, for text whose parts are not known.
    public static func blind(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map {
                    $0.isASCII && !$0.properties.isAlphabetic && !("0"..."9").contains($0)
                        ? $0 : "*"
                }))
    }

    /// A text too short to hide anything between its ends shows nothing of itself.
    private static func kept(_ text: String, front: Int, back: Int, stars: Int) -> String {
        guard text.count > front + back + 2 else { return "***" }
        return text.prefix(front) + String(repeating: "*", count: stars) + text.suffix(back)
    }
}
