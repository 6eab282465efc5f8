internal import ClearanceEvents

/// What stands around the documents of a message: its attributes, the sender, the signature.
struct CEBEnvelope {
    /// Of the root.
    struct Attributes {
        var guid: String?
        var version: String?
    }

    var isSigned = false
    private var message: CEBMessage?
    private(set) var attributes = Attributes()
    private var line = 1
    private var column = 1
    private var transfer: DataRecord?
    private var subscribes: [DataValue] = []
    private var extend: String?
    private var found: [InputFault] = []
    private var copCode: String?

    /// Subscriptions of one message (XSD `maxOccurs`).
    private static let subscribeLimit = 5

    mutating func begin(
        _ message: CEBMessage, attributes: [String: String], at place: (line: Int, column: Int)
    ) {
        self.message = message
        (line, column) = place
        let guid = attributes["guid"]
        let version = attributes["version"]
        self.attributes = Attributes(guid: guid, version: version)
        if guid?.unicodeScalars.count != 36 { report("wrongLength", "/@guid", .length) }
        if !(1...10).contains(version?.unicodeScalars.count ?? 0) {
            report("wrongLength", "/@version", .length)
        }
    }

    /// `urn:ceb:` + who sent the message: customs for receipts.
    var sender: String {
        if message?.isReceipt == true { return "urn:ceb:customs" }
        // A message that broke off before its end, or whose sender is not named.
        return "urn:ceb:" + (copCode ?? "unknown")
    }

    mutating func misplaced(_ document: CEBDocument) {
        report("misplaced", "/" + root(of: document), .order, document)
    }

    mutating func unknown(_ document: CEBDocument) {
        report("unknownElement", "/" + root(of: document), .unknownElement, document)
    }

    private func root(of document: CEBDocument) -> String {
        document.elements.first.map { document.name($0) } ?? ""
    }

    mutating func take(transfer document: CEBDocument) {
        guard transfer == nil else {
            return report("repeated", "/BaseTransfer", .repeated, document)
        }
        let form = message?.transfer ?? CEBMessage.transfer
        transfer = record(document, of: form, layout: "transfer")
        copCode = transfer?.text("copCode").flatMap { $0.isEmpty ? nil : $0 }
    }

    mutating func take(subscribe document: CEBDocument) {
        guard subscribes.count < CEBEnvelope.subscribeLimit else {
            return report("tooMany", "/BaseSubscribe", .count, document)
        }
        subscribes.append(
            .record(record(document, of: CEBMessage.subscribe, layout: "subscribe")))
    }

    mutating func take(extend document: CEBDocument) {
        guard extend == nil else {
            return report("repeated", "/ExtendMessage", .repeated, document)
        }
        checkExtension(document)
        // Somebody's own XML: kept as text, because nothing here reads it.
        let text = document.xml { _ in false }
        if document.isTooLarge || text.utf8.count > EventLimits.extraBytes {
            report("tooLarge", "/ExtendMessage", .tooLarge, document)
        } else {
            extend = text
        }
    }

    /// Writes what the message says of all its documents into an event.
    func complete(_ event: inout Event, _ findings: inout [InputFault], isWhole: Bool) {
        if let transfer { _ = event.data.add(.record(transfer), name: "baseTransfer") }
        if !subscribes.isEmpty { _ = event.data.add(.list(subscribes), name: "baseSubscribe") }
        event.data.set("extendMessage", extend)
        if isSigned { _ = event.extras.add(.bool(true), name: "signed") }
        guard let message, message.needsSignature, !isSigned, isWhole else { return }
        findings.append(
            InputFault(
                code: "unsigned", path: "/\(message.number)Message/Signature", line: line,
                column: column,
                message: MessageText(zh: "报文应有数字签名", en: "the message lacks its signature")))
    }

    /// What is wrong with the message around its documents; nil when nothing is.
    func faults(documents: Int) -> [InputFault]? {
        guard let message else { return nil }
        var all = found
        if documents == 0 {
            all.append(fault("missingField", "/" + message.document, .missing, nil))
        }
        if !message.isReceipt, transfer == nil {
            all.append(fault("missingField", "/BaseTransfer", .missing, nil))
        }
        return all.isEmpty ? nil : all
    }

    /// `name`, `version`, and a `Message` around at most one element, which may be anything.
    private mutating func checkExtension(_ document: CEBDocument) {
        _ = record(document, of: CEBMessage.extend, layout: "transfer", isOpen: true)
        let places = document.names.fields(of: CEBMessage.extend)
        var inside = false
        var count = 0
        for element in document.elements.dropFirst() {
            if element.level == 1 {
                inside = Int(places[element.name]) == CEBMessage.extend.fields.count - 1
                let isOdd = inside ? !element.range.isEmpty : element.hasChildren
                if isOdd || element.isMixed {
                    report(
                        "unknownElement", "/ExtendMessage/\(document.name(element))",
                        .unknownElement, document.place(element))
                }
            } else if element.level == 2, inside {
                count += 1
            }
        }
        if count > 1 { report("tooMany", "/ExtendMessage/Message", .count, document) }
    }

    // MARK: Records

    private mutating func record(
        _ document: CEBDocument, of form: CEBRecord, layout: String, isOpen: Bool = false
    ) -> DataRecord {
        var record = DataRecord(Catalogue.current.layout(layout))
        var due = 0
        let places = document.names.fields(of: form)
        for element in document.elements.dropFirst() {
            // What stands inside an element of an open record is nobody's but the sender's.
            if isOpen, element.level > 1 { continue }
            let path = "/\(form.element)/\(document.name(element))"
            let place = document.place(element)
            let index = Int(places[element.name])
            guard element.level == 1, index >= 0 else {
                report("unknownElement", path, .unknownElement, place)
                continue
            }
            let field = form.fields[index]
            if index < due { report("misplaced", path, .order, place) }
            reportMissing(due..<max(due, index), of: form)
            due = max(due, index + 1)
            if let problem = document.problem(element, form: field.form) {
                report(problem.code, path, problem.message, place)
            }
            _ = record.add(.text(document.text(element)), name: field.name)
        }
        reportMissing(due..<form.fields.count, of: form)
        return record
    }

    private mutating func reportMissing(_ range: Range<Int>, of form: CEBRecord) {
        for index in range where form.fields[index].isMandatory {
            report("missingField", "/\(form.element)/\(form.fields[index].name)", .missing)
        }
    }

    // MARK: Faults

    private func fault(
        _ code: String, _ path: String, _ text: MessageText, _ place: (line: Int, column: Int)?
    ) -> InputFault {
        InputFault(
            code: code, path: "/\(message?.number ?? "")Message" + path,
            line: place?.line ?? line, column: place?.column ?? column, message: text)
    }

    private mutating func report(
        _ code: String, _ path: String, _ text: MessageText,
        _ place: (line: Int, column: Int)? = nil
    ) {
        guard found.count < InterchangeLimits.faults else { return }
        found.append(fault(code, path, text, place))
    }

    private mutating func report(
        _ code: String, _ path: String, _ text: MessageText, _ document: CEBDocument
    ) {
        report(code, path, text, document.elements.first.map { document.place($0) })
    }
}
