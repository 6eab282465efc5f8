import ClearanceEvents
import Seeded

@testable import ClearanceInterchange

/// What a test of one code reads: its text, and how much is demanded of it.
struct CheckInput {
    var bytes: [UInt8]
    var profile: EventProfile?

    init(_ text: String, profile: EventProfile? = nil) {
        bytes = Array(text.utf8)
        self.profile = profile
    }

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Every code that reading it gives, refusals and findings.
    var codes: Set<String> {
        let parsed = Parsed(bytes: bytes, profile: profile)
        return Set(parsed.rejects.flatMap { $0.faults.map(\.code) } + parsed.findingCodes)
    }
}

/// The three tests of one code.
struct CheckCase: CustomStringConvertible {
    let code: String
    /// The code does not appear.
    let accepts: CheckInput
    /// The code appears.
    let refuses: CheckInput
    /// The last value on one side, and whether the code appears there.
    let boundary: CheckInput
    let isMetAtBoundary: Bool

    var description: String { code }

    init(
        _ code: String, accepts: CheckInput, refuses: CheckInput, boundary: CheckInput,
        isMet: Bool
    ) {
        self.code = code
        self.accepts = accepts
        self.refuses = refuses
        self.boundary = boundary
        isMetAtBoundary = isMet
    }

    static let all: [CheckCase] = formCases + schemaCases + valueCases + businessCases

    /// Codes that no input can bring about here, and where they are tested or why not.
    static let elsewhere: [String: String] = [
        "memory": "only a machine without memory gives it",
        "unknownPosition": "needs a ledger: the tool's tests",
        "quote": "TableTests", "columns": "TableTests", "missingColumn": "TableTests",
        "rowsDiffer": "TableTests", "rowsApart": "TableTests", "besideRefused": "TableTests",
        "signatureUnverifiable": "ClearanceSignaturesTests",
        "signatureBroken": "ClearanceSignaturesTests",
    ]
}

// MARK: Inputs

extension CheckInput {
    /// An order of the given lines, each by what differs from the usual one.
    static func order(
        _ head: [String: String?] = [:], lines: [[String: String?]] = [[:]],
        profile: EventProfile? = nil
    ) -> CheckInput {
        CheckInput(message("CEB311", order: head, lines: lines), profile: profile)
    }

    private static func message(
        _ number: String, order head: [String: String?], lines: [[String: String?]]
    ) -> String {
        var body = "<Order><OrderHead>\(Papers.elements(changed(Papers.orderHead, head)))"
        body += "</OrderHead>"
        for line in lines {
            body += "<OrderList>\(Papers.elements(changed(Papers.orderLine, line)))</OrderList>"
        }
        return Papers.message(number, body + "</Order>")
    }

    private static func changed(
        _ list: [(String, String)], _ changes: [String: String?]
    ) -> [(String, String)] {
        changes.reduce(list) { Papers.changing($0, $1.key, to: $1.value) }
    }

    /// A bonded list of one line with some texts replaced.
    static func list(_ changes: (String, String)..., profile: EventProfile? = nil) -> CheckInput {
        var text = Papers.list(itemNo: "9")
        for (old, new) in changes {
            precondition(text.contains(old), "the list has no \(old)")
            text = text.replacing(old, with: new)
        }
        return CheckInput(text, profile: profile)
    }

    /// An order as an event, with members put into its data or envelope.
    static func event(data: String = "", envelope: String = "") -> CheckInput {
        CheckInput(Papers.order(data: data, envelope: envelope))
    }

    /// An order as an event with some texts replaced.
    static func event(_ old: String, _ new: String) -> CheckInput {
        precondition(Papers.order.contains(old), "the order has no \(old)")
        return CheckInput(Papers.order.replacing(old, with: new))
    }

    /// A message of some orders.
    static func orders(_ count: Int) -> CheckInput {
        var body = ""
        for index in 1...count {
            body += Papers.orderDocument(
                Papers.changing(Papers.orderHead, "orderNo", to: "NO\(index)"))
        }
        return CheckInput(Papers.message(body))
    }

    /// Any message, made of its own table, with some texts changed; nil takes the element away.
    static func sample(
        _ number: String, _ head: [String: String?] = [:], lines: [[String: String?]]? = nil
    ) -> CheckInput {
        guard let message = CEBMessage.all[number] else { preconditionFailure("no \(number)") }
        var random = SeededGenerator(seed: 20_220_501)
        var sample = SampleMessage(message, in: .v202205, using: &random)
        sample.head = changed(sample.head, head)
        if let lines {
            let usual = sample.lines
            sample.lines = lines.enumerated().map { changed(usual[min($0, 1)], $1) }
        }
        return CheckInput(sample.xml)
    }

    private static func changed(
        _ elements: [SampleElement], _ changes: [String: String?]
    ) -> [SampleElement] {
        precondition(
            changes.keys.allSatisfy { name in elements.contains { $0.name == name } },
            "no such element: \(changes)")
        return elements.compactMap { element in
            guard let change = changes[element.name] else { return element }
            return change.map { SampleElement(name: element.name, text: $0) }
        }
    }

    /// An order's message with some texts replaced.
    static func text(_ old: String, _ new: String) -> CheckInput {
        let text = Papers.message(Papers.orderDocument())
        precondition(text.contains(old), "the message has no \(old)")
        return CheckInput(text.replacing(old, with: new))
    }
}
