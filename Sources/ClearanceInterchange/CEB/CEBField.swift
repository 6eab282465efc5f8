internal import ClearanceEvents

/// What the XSD says of one element's text.
enum CEBForm: Sendable, Equatable {
    /// `xs:string` with a length in characters.
    case text(ClosedRange<Int>)
    /// `xs:decimal`, 19 digits, 5 of them behind the point.
    case decimal
    /// `xs:int`, with at most so many digits.
    case integer(digits: Int?)
}

/// One element of a record, in the order of the XSD.
///
/// A class, as a record is: each is made once and passed on for every element read.
final class CEBField: Sendable {
    let name: String
    let isMandatory: Bool
    let form: CEBForm
    /// The form in 2018-113 where it differs.
    let olderForm: CEBForm?
    /// Whether 2018-113 has the field at all.
    let isInOlder: Bool
    let rule: CEBRule

    init(
        name: String, isMandatory: Bool, form: CEBForm, olderForm: CEBForm?, isInOlder: Bool,
        rule: CEBRule
    ) {
        self.name = name
        self.isMandatory = isMandatory
        self.form = form
        self.olderForm = olderForm
        self.isInOlder = isInOlder
        self.rule = rule
    }

    func form(in version: CEBVersion) -> CEBForm {
        version == .v2018 ? olderForm ?? form : form
    }

    /// Whether an edition has the field.
    func isPart(of version: CEBVersion) -> Bool { isInOlder || version != .v2018 }
}

/// A sequence of elements: a head, a line, a transport block.
///
/// Written as one field a line: name (`!` mandatory), form (`C1..60`, `C14`, `C0..`, `N`, `I9`),
/// then `old=` for the form of 2018-113 (`old=-`: not there) and the rule of its value.
final class CEBRecord: Sendable {
    let element: String
    let fields: [CEBField]
    private let names: WordTable

    /// Reads the text form; a mistake in it is a programmer's error and traps.
    init(element: String, _ text: String) {
        self.element = element
        fields = text.split(separator: "\n").map { CEBRecord.field($0) }
        names = WordTable(fields.map(\.name))
    }

    /// The place of the element's field; nil for an element that the record does not know.
    func index(of element: CEBElement, in document: CEBDocument) -> Int? {
        let number = names.number(of: document.bytes.span.extracting(element.name))
        return number == 0 ? nil : Int(number) - 1
    }

    /// The place of the field with this name; nil when there is none.
    func index(named name: String) -> Int? {
        let number = names.number(of: name)
        return number == 0 ? nil : Int(number) - 1
    }

    private static func field(_ line: Substring) -> CEBField {
        let words = line.split(separator: " ").map(String.init)
        precondition(words.count >= 2, "field line: \(line)")
        var older: CEBForm?
        var isInOlder = true
        var rule = CEBRule.free
        for word in words.dropFirst(2) {
            if word == "old=-" {
                isInOlder = false
            } else if word.hasPrefix("old=") {
                older = form(String(word.dropFirst(4)))
            } else {
                rule = CEBRule(word)
            }
        }
        let isMandatory = words[0].hasSuffix("!")
        let name = isMandatory ? String(words[0].dropLast()) : words[0]
        return CEBField(
            name: name, isMandatory: isMandatory, form: form(words[1]), olderForm: older,
            isInOlder: isInOlder, rule: rule)
    }

    private static func form(_ word: String) -> CEBForm {
        let rest = word.dropFirst()
        switch word.first {
        case "N": return .decimal
        case "I": return .integer(digits: Int(rest))
        default:
            let bounds = rest.split(separator: ".").compactMap { Int($0) }
            precondition(word.first == "C" && (1...2).contains(bounds.count), "form \(word)")
            if rest.hasSuffix("..") { return .text(bounds[0]...Int.max) }
            return .text(bounds[0]...(bounds.last ?? bounds[0]))
        }
    }
}
