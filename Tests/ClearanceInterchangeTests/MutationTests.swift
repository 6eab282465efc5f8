import ClearanceEvents
import Glibc
import Seeded
import Testing

@testable import ClearanceInterchange

/// Every field of every message spoilt in every way, and what the official schemas say of it.
@Suite(
    "Spoilt messages against the official schemas", .enabled(if: Kit.isThere && Xmllint.isThere))
struct MutationTests {
    /// One spoilt message in so many is looked at; `CLEARANCE_LONG=1` asks for all of them.
    private static let stride = unsafe getenv("CLEARANCE_LONG") == nil ? 9 : 1

    private struct Case {
        let name: String
        let sample: SampleMessage
    }

    @Test("The form verdict is that of libxml2 for every field spoilt", arguments: Kit.versions)
    func fields(version: String) throws {
        try compare(version) { sample in
            var cases: [Case] = []
            for (place, field) in sample.message.head.fields.enumerated() {
                cases += Self.spoilt(field, sample.head, place, "head") { changed in
                    var copy = sample
                    copy.head = changed
                    return copy
                }
            }
            for (place, field) in (sample.message.lines?.fields ?? []).enumerated() {
                cases += Self.spoilt(field, sample.lines[1], place, "line") { changed in
                    var copy = sample
                    copy.lines[1] = changed
                    return copy
                }
            }
            guard !sample.message.isReceipt else { return cases }
            for (place, field) in sample.message.transfer.fields.enumerated() {
                cases += Self.spoilt(field, sample.transfers[0], place, "transfer") { changed in
                    var copy = sample
                    copy.transfers[0] = changed
                    return copy
                }
            }
            return cases
        }
    }

    @Test("The form verdict is that of libxml2 for every part spoilt", arguments: Kit.versions)
    func parts(version: String) throws {
        try compare(version) { Self.parts(of: $0) }
    }

    // MARK: Verdicts

    private func compare(
        _ version: String, _ spoil: (SampleMessage) -> [Case]
    ) throws {
        let edition = CEBVersion(rawValue: version) ?? .v202205
        var random = SeededGenerator(seed: 3)
        for direction in [CEBMessage.Direction.import, .export] {
            let messages = CEBMessage.all.values.filter {
                $0.direction == direction && $0.isPart(of: edition)
            }
            var cases: [Case] = []
            for message in messages.sorted(by: { $0.number < $1.number }) {
                let sample = SampleMessage(message, in: edition, using: &random)
                cases.append(Case(name: "as it is", sample: sample))
                cases += spoil(sample).filter { _ in
                    Self.stride == 1 || Int.random(in: 0..<Self.stride, using: &random) == 0
                }
            }
            let documents = cases.map(\.sample.bytes)
            let newer = try Xmllint.verdicts(documents, like: messages[0], in: .v202205)
            let older = try Xmllint.verdicts(documents, like: messages[0], in: .v2018)
            for (index, item) in cases.enumerated() {
                let ours = FormVerdict(documents[index])
                let theirs =
                    newer[index] == nil
                    ? CEBVersion.v202205 : older[index] == nil ? CEBVersion.v2018 : nil
                let agrees =
                    ours.isValid == (theirs != nil) && (ours.schema == nil || ours.schema == theirs)
                let said = "\(newer[index] ?? "") \(older[index] ?? "")"
                #expect(
                    agrees, "\(item.sample.message.number), \(item.name): \(ours), \(said)")
            }
            #expect(cases.count > messages.count)
        }
    }

    // MARK: Fields

    /// The elements with one of them dropped, doubled, swapped, lengthened, shortened, mistyped.
    private static func spoilt(
        _ field: CEBField, _ elements: [SampleElement], _ number: Int, _ part: String,
        _ put: ([SampleElement]) -> SampleMessage
    ) -> [Case] {
        guard let place = elements.firstIndex(where: { $0.name == field.name }) else { return [] }
        func named(_ how: String, _ changed: [SampleElement]) -> Case {
            Case(name: "\(part) \(field.name) \(how)", sample: put(changed))
        }
        func with(_ text: String) -> [SampleElement] {
            var copy = elements
            copy[place].text = text
            return copy
        }
        var dropped = elements
        dropped.remove(at: place)
        var doubled = elements
        doubled.insert(elements[place], at: place)
        var cases = [
            named("dropped", dropped), named("doubled", doubled), named("empty", with("")),
        ]
        if place + 1 < elements.count {
            var swapped = elements
            swapped.swapAt(place, place + 1)
            cases.append(named("swapped", swapped))
        }
        var renamed = elements
        renamed[place].name += "X"
        cases.append(named("renamed", renamed))
        return cases + texts(of: field).map { named("as \($0.prefix(12))…\($0.count)", with($0)) }
    }

    /// Texts at and beyond the borders of a form, of either edition.
    private static func texts(of field: CEBField) -> [String] {
        var texts: [String] = []
        for form in Set([field.form(in: .v202205), field.form(in: .v2018)]) {
            switch form {
            case .text(let range):
                var lengths = [range.lowerBound - 1, range.lowerBound]
                if range.upperBound < 100_000 {
                    lengths += [range.upperBound, range.upperBound + 1]
                }
                for length in lengths where length > 0 {
                    texts.append(String(repeating: "9", count: length))
                    texts.append(String(repeating: "货", count: length))
                }
            case .decimal:
                texts += [
                    "12345678901234.12345", "123456789012345", "1.123456", "-1", "+1.50", ".5",
                    "5.", ".", "1e3", "1,000", "abc", "00000000000000000001.1", "1.1000000", "- 1",
                    "NaN", "０",
                ]
            case .integer(let digits):
                texts += [
                    "0", "-1", "+7", "007", "1.0", "abc", "2147483647", "2147483648",
                    "-2147483648", "-2147483649", "1 1",
                ]
                if let digits {
                    texts.append(String(repeating: "9", count: digits))
                    texts.append("1" + String(repeating: "0", count: digits))
                    texts.append("0" + String(repeating: "9", count: digits))
                }
            }
        }
        return texts
    }

    // MARK: Parts

    private static func parts(of sample: SampleMessage) -> [Case] {
        var cases: [Case] = []
        func add(_ name: String, _ change: (inout SampleMessage) -> Void) {
            var copy = sample
            change(&copy)
            cases.append(Case(name: name, sample: copy))
        }
        add("no guid") { $0.guid = nil }
        add("short guid") { $0.guid = "1" }
        add("no version") { $0.edition = nil }
        add("empty version") { $0.edition = "" }
        add("long version") { $0.edition = "1.000000000" }
        add("no document") { $0.documents = 0 }
        add("two documents") { $0.documents = 2 }
        if sample.message.documentLimit <= 100 {
            add("the most documents") { $0.documents = sample.message.documentLimit }
            add("too many documents") { $0.documents = sample.message.documentLimit + 1 }
        }
        add("a stray element") { $0.stray = "<Stray/>" }
        add("a foreign element") { $0.stray = "<x:Stray xmlns:x=\"urn:x\"/>" }
        add("unknown last element") { $0.head.append(SampleElement(name: "zzz", text: "1")) }
        if sample.message.hasHead {
            add("no head") { $0.headCopies = 0 }
            add("two heads") { $0.headCopies = 2 }
        }
        if sample.message.lines != nil {
            add("no line") { $0.lines = [] }
            add("lines before the head") { $0.linesStandFirst = true }
            for count in [99, 100, 101] {
                add("\(count) lines") { copy in
                    copy.lines = (0..<count).map { _ in copy.lines[0] }
                }
            }
        }
        if sample.message.isReceipt {
            add("a transport block") { $0.transfers = [[]] }
            add("a signature") { $0.isSigned = true }
            return cases
        }
        return cases + tails(of: sample)
    }

    /// What stands behind the documents of a request.
    private static func tails(of sample: SampleMessage) -> [Case] {
        var cases: [Case] = []
        func add(_ name: String, _ change: (inout SampleMessage) -> Void) {
            var copy = sample
            change(&copy)
            cases.append(Case(name: name, sample: copy))
        }
        let subscribe = [("status", "ALL"), ("dxpMode", "DXP"), ("dxpAddress", "DXPENT1")]
            .map { SampleElement(name: $0.0, text: $0.1) }
        add("no transport block") { $0.transfers = [] }
        add("two transport blocks") { $0.transfers += $0.transfers }
        add("five subscriptions") { $0.subscribes = Array(repeating: subscribe, count: 5) }
        add("six subscriptions") { $0.subscribes = Array(repeating: subscribe, count: 6) }
        add("a short subscription") { $0.subscribes = [Array(subscribe.dropLast())] }
        add("unsigned") { $0.isSigned = false }
        add("signed") { $0.isSigned = true }
        let own = "<ExtendMessage><name>n</name><version>1</version>"
        for (name, rest) in [
            ("an empty extension", "<Message/></ExtendMessage>"),
            (
                "an extension",
                "<Message><x:a xmlns:x=\"urn:x\"><b/><b/></x:a></Message></ExtendMessage>"
            ),
            ("an extension of two", "<Message><a/><b/></Message></ExtendMessage>"),
            ("an extension of text", "<Message>text</Message></ExtendMessage>"),
            ("an extension without its message", "</ExtendMessage>"),
        ] {
            add(name) { $0.extend = own + rest }
            add(name + ", signed") {
                $0.extend = own + rest
                $0.isSigned = true
            }
            add(name + ", signed the other way round") {
                $0.extend = own + rest
                $0.isSigned = true
                $0.extendFollowsSignature.toggle()
            }
        }
        return cases
    }
}

/// What the reader says of the form of a message of one document.
struct FormVerdict: CustomStringConvertible {
    private(set) var isValid = true
    /// The edition that it is of, when an event came of it.
    private(set) var schema: CEBVersion?
    let description: String

    /// Refusals for want of an event's own numbers are none of the form.
    private static let others: Set<String> = [
        "unknownCode", "malformedSubject", "malformedTime", "tooLarge", "decimalRange",
    ]
    /// What the schema refuses and the reader only remarks.
    private static let remarked: Set<String> = ["unsigned", "trailingElement"]

    init(_ bytes: [UInt8]) {
        let parsed = Parsed(bytes: bytes, profile: .ceb)
        for fault in parsed.rejects.flatMap(\.faults) where !Self.others.contains(fault.code) {
            isValid = false
        }
        if !Self.remarked.isDisjoint(with: parsed.findingCodes) { isValid = false }
        if isValid, let text = parsed.events.first?.data.text("schema") {
            schema = CEBVersion(rawValue: text)
        }
        description = "\(isValid) \(parsed.rejects.map { "\($0.code) \($0.path)" })"
    }
}
