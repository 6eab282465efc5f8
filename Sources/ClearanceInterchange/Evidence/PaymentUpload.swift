public import ClearanceEvents

/// Why an event or a text is no upload of payment data.
public struct PaymentUploadRefusal: Error, Sendable, Equatable {
    /// At least one fault; paths are those of the upload.
    public let faults: [InputFault]
}

/// One upload of payment data (`payExInfoStr`): written from an event, or taken from what came.
///
///     let upload = try PaymentUpload(event)
///     let signature = sign(upload.stringToSign())
///     let body = upload.signed(certNo: number, signValue: signature).formBody()
///
/// Keys and certificates are the enterprise's own; nothing here signs. Source: attachments of
/// announcement 2018/179, `specs/payment-evidence.md`.
public struct PaymentUpload: Sendable, Equatable {
    /// How the objects stand in the string to sign.
    public enum SigningForm: Sendable {
        /// In quotation marks, as the systems that work send it.
        case quoted
        /// Bare, as the announcement's text shows it.
        case bare
    }

    public let sessionID: String
    /// Milliseconds since 1970.
    public let serviceTime: String
    public private(set) var certNo: String?
    public private(set) var signValue: String?
    /// The JSON of `payExchangeInfoHead` and of `payExchangeInfoLists`, byte for byte.
    let head: [UInt8]
    let lists: [UInt8]
    private let listName: String

    /// The upload that says what an event `payment.evidence` says.
    ///
    /// A new answer to customs has a session and a time of its own; without them the event's are
    /// taken. Throws when the form demands what nothing tells.
    public init(
        _ event: Event, sessionID: String? = nil, serviceTime: String? = nil
    ) throws(PaymentUploadRefusal) {
        guard event.type.name == "payment.evidence" else {
            throw PaymentUploadRefusal(
                faults: [InputFault(code: "unknownMessage", path: "type", message: .noUpload)])
        }
        let data = event.data
        self.sessionID = sessionID ?? data.text("sessionID") ?? ""
        self.serviceTime = serviceTime ?? data.text("serviceTime") ?? ""
        certNo = data.text("certNo")
        signValue = data.text("signValue")
        head = PaymentUpload.head(data, time: event.time)
        lists = PaymentUpload.lists(data)
        listName = EvidenceForm.lists
        let faults = self.faults()
        if !faults.isEmpty { throw PaymentUploadRefusal(faults: faults) }
    }

    /// The upload that a JSON text holds, its objects byte for byte as they came, so that its
    /// signature can be checked. Throws when the text is none.
    public init(json: Span<UInt8>) throws(PaymentUploadRefusal) {
        let tape = JSONTape()
        var bytes: [UInt8] = []
        bytes.append(copying: json)
        do throws(JSONTape.Failure) { try tape.parse(json) } catch {
            throw PaymentUploadRefusal(faults: [error.fault(line: 1)])
        }
        func text(_ name: String) -> String? {
            guard let node = tape.member(name, of: 0) else { return nil }
            return tape.kind(node) == .string || tape.kind(node) == .number
                ? tape.text(node) : nil
        }
        func raw(_ name: String) -> [UInt8]? {
            tape.member(name, of: 0).map { PaymentUpload.value(in: bytes, at: tape.offset($0)) }
        }
        listName =
            tape.member(EvidenceForm.lists, of: 0) == nil
            ? EvidenceForm.olderLists : EvidenceForm.lists
        guard let head = raw(EvidenceForm.head), let lists = raw(listName),
            let sessionID = text("sessionID"), let serviceTime = text("serviceTime")
        else {
            throw PaymentUploadRefusal(
                faults: [InputFault(code: "missingField", path: "", message: .missing)])
        }
        self.head = head
        self.lists = lists
        self.sessionID = sessionID
        self.serviceTime = serviceTime
        certNo = text("certNo")
        signValue = text("signValue")
    }

    /// The same upload with its signature.
    public func signed(certNo: String, signValue: String) -> PaymentUpload {
        var upload = self
        upload.certNo = certNo
        upload.signValue = signValue
        return upload
    }

    /// What is signed: the four first members by name, `||` between them, UTF-8.
    public func stringToSign(_ form: SigningForm = .quoted) -> [UInt8] {
        let quote = form == .quoted ? "\"" : ""
        var text = Array("\"sessionID\":\"\(sessionID)\"||\"\(EvidenceForm.head)\":\(quote)".utf8)
        text.append(contentsOf: head)
        text.append(contentsOf: "\(quote)||\"\(listName)\":\(quote)".utf8)
        text.append(contentsOf: lists)
        text.append(contentsOf: "\(quote)||\"serviceTime\":\"\(serviceTime)\"".utf8)
        return text
    }

    /// The JSON object, compact.
    public func json() -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("sessionID", sessionID)
            writer.name(EvidenceForm.head)
            writer.number(digits: String(decoding: head, as: UTF8.self))
            writer.name(listName)
            writer.number(digits: String(decoding: lists, as: UTF8.self))
            writer.name("serviceTime")
            PaymentUpload.write(number: serviceTime, to: &writer)
            writer.member("certNo", ifPresent: certNo)
            writer.member("signValue", ifPresent: signValue)
        }
        return writer.bytes
    }

    /// The body of the request: `payExInfoStr=` and the JSON object, percent-encoded.
    public func formBody() -> [UInt8] { FormBody.encoded(json()) }

    // MARK: Parts

    private static func head(_ data: DataRecord, time: Instant) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            for field in EvidenceForm.payment {
                guard var text = data.text(field.name) ?? derived(field.name, time) else {
                    continue
                }
                switch field.name {
                case "totalAmount":
                    writer.name(field.name)
                    write(number: text, to: &writer)
                    continue
                case "currency": text = Currency.digits(text) ?? text
                case "tradingTime": text = Instant(rfc3339: text)?.customs ?? text
                default: break
                }
                writer.member(field.name, text)
            }
        }
        return writer.bytes
    }

    private static func derived(_ name: String, _ time: Instant) -> String? {
        name == "tradingTime" ? time.customs : nil
    }

    private static func lists(_ data: DataRecord) -> [UInt8] {
        var writer = JSONWriter()
        writer.array { writer in
            guard case .list(let orders) = data["orders"] else { return }
            for case .record(let order) in orders {
                writer.object { writer in
                    for field in EvidenceForm.order {
                        if case .list(let goods) = order[field.name] {
                            writer.member(array: field.name) { write(goods, to: &$0) }
                        } else {
                            writer.member(field.name, ifPresent: order.text(field.name))
                        }
                    }
                }
            }
        }
        return writer.bytes
    }

    private static func write(_ goods: [DataValue], to writer: inout JSONWriter) {
        for case .record(let one) in goods {
            writer.object { writer in
                for field in EvidenceForm.goods {
                    writer.member(field.name, ifPresent: one.text(field.name))
                }
            }
        }
    }

    /// Digits as a JSON number; anything else as a text, for the check to name.
    private static func write(number text: String, to writer: inout JSONWriter) {
        let isNumber = FixedDecimal(text) != nil || UInt64(text) != nil
        let isPlain = !text.hasPrefix("0") || text == "0" || text.hasPrefix("0.")
        if isNumber && isPlain { writer.number(digits: text) } else { writer.value(text) }
    }

    /// What the form has against the upload; a missing signature is not held against it.
    private func faults() -> [InputFault] {
        let tape = JSONTape()
        let bytes = signed(certNo: certNo ?? "-", signValue: signValue ?? "-").json()
        let source = EvidenceSource(piece: JSONPiece(bytes: bytes, line: 1, column: 1))
        do throws(JSONTape.Failure) { try tape.parse(bytes.span) } catch {
            return [error.fault(line: 1)]
        }
        var parser = EvidenceParser(tape, source: source)
        let place = Place(file: "", index: 1, line: 1, column: 1)
        guard case .reject(let reject) = parser.item(profile: .ceb, place: place) else {
            return []
        }
        return reject.faults
    }

    /// The text of the object or array that begins at a byte of a sound document.
    private static func value(in bytes: [UInt8], at start: Int) -> [UInt8] {
        var depth = 0
        var isQuoted = false
        var index = start
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\\") where isQuoted: index += 1
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: "{") where !isQuoted, UInt8(ascii: "[") where !isQuoted: depth += 1
            case UInt8(ascii: "}") where !isQuoted, UInt8(ascii: "]") where !isQuoted: depth -= 1
            default: break
            }
            index += 1
            if depth == 0 { break }
        }
        return Array(bytes[start..<min(index, bytes.count)])
    }
}

extension MessageText {
    static let noUpload = MessageText(
        zh: "不是支付原始数据事件", en: "not an event of payment data")
}
