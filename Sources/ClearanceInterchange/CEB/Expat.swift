internal import CExpat

/// A pushed, namespace-aware XML parser that reports to a ``CEBScanner``: the C border of XML.
///
/// Document types, entity declarations and encodings other than UTF-8 end the parse. Spans that
/// are lent to the scanner live for one call.
@safe final class Expat {
    /// Why the parse ended before its end.
    struct Failure {
        let code: String
        let message: MessageText
        let line: Int
        let column: Int
    }

    // Made in init, freed in deinit, never handed out.
    private let parser: XML_Parser
    private let scanner: CEBScanner
    private var pushed = 0
    private(set) var failure: Failure?

    init(scanner: CEBScanner) {
        self.scanner = scanner
        guard let parser = unsafe XML_ParserCreateNS(nil, Int8(bitPattern: Expat.separator)) else {
            fatalError("no memory for an XML parser")
        }
        unsafe self.parser = parser
        unsafe XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        installHandlers()
    }

    deinit { unsafe XML_ParserFree(parser) }

    /// What stands between namespace and local name; no name can hold it.
    private static let separator: UInt8 = 0x0C

    /// Parses the next piece; false once the parse has failed. Cost: linear in the bytes.
    func push(_ bytes: Span<UInt8>, isLast: Bool) -> Bool {
        guard failure == nil else { return false }
        pushed += bytes.count
        let status = unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe buffer.withMemoryRebound(to: CChar.self) { text in
                unsafe XML_Parse(parser, text.baseAddress, Int32(text.count), isLast ? 1 : 0)
            }
        }
        if status != XML_STATUS_OK {
            failure = currentFailure()
        } else if !isLast && isHoldingTooMuch {
            failure = failed(
                "tooLarge", MessageText(zh: "报文过大", en: "the message is too large"))
        }
        return failure == nil
    }

    /// An unfinished token is kept whole by the parser, and a message until its end.
    private var isHoldingTooMuch: Bool {
        let consumed = unsafe Int(XML_GetCurrentByteIndex(parser))
        return pushed - max(consumed, 0) > InterchangeLimits.documentBytes
            || pushed > InterchangeLimits.messageBytes
    }

    private func currentFailure() -> Failure {
        if let stop = scanner.stop { return failed(stop.code, stop.message) }
        switch unsafe XML_GetErrorCode(parser) {
        case XML_ERROR_UNKNOWN_ENCODING, XML_ERROR_INCORRECT_ENCODING:
            return failed("encoding", Expat.onlyUTF8)
        case XML_ERROR_UNDEFINED_ENTITY:
            return failed("entity", MessageText(zh: "不接受实体", en: "entities are refused"))
        default:
            return failed(
                "malformed", MessageText(zh: "不是格式良好的 XML", en: "not well-formed XML"))
        }
    }

    private func failed(_ code: String, _ message: MessageText) -> Failure {
        Failure(
            code: code, message: message,
            line: unsafe max(1, Int(XML_GetCurrentLineNumber(parser))),
            column: unsafe Int(XML_GetCurrentColumnNumber(parser)) + 1)
    }

    static let onlyUTF8 = MessageText(zh: "只接受 UTF-8 编码", en: "only UTF-8 is accepted")

    // MARK: Handlers

    private func installHandlers() {
        unsafe XML_SetElementHandler(
            parser,
            { context, name, attributes in
                guard let context = unsafe context, let name = unsafe name else { return }
                unsafe Expat.at(context).start(name, attributes)
            },
            { context, _ in
                guard let context = unsafe context else { return }
                let expat = unsafe Expat.at(context)
                expat.scanner.end()
                expat.stopIfAsked()
            })
        unsafe XML_SetCharacterDataHandler(parser) { context, text, count in
            guard let context = unsafe context, let text = unsafe text else { return }
            let expat = unsafe Expat.at(context)
            unsafe text.withMemoryRebound(to: UInt8.self, capacity: Int(count)) { start in
                unsafe expat.scanner.text(
                    UnsafeBufferPointer(start: start, count: Int(count)).span)
            }
            expat.stopIfAsked()
        }
        installRefusals()
    }

    private func installRefusals() {
        unsafe XML_SetStartDoctypeDeclHandler(parser) { context, _, _, _, _ in
            guard let context = unsafe context else { return }
            unsafe Expat.at(context).refuse(
                "doctype", MessageText(zh: "不接受文档类型声明", en: "a DOCTYPE is refused"))
        }
        unsafe XML_SetEntityDeclHandler(parser) { context, _, _, _, _, _, _, _, _ in
            guard let context = unsafe context else { return }
            unsafe Expat.at(context).refuse(
                "entity", MessageText(zh: "不接受实体", en: "entities are refused"))
        }
        unsafe XML_SetXmlDeclHandler(parser) { context, _, encoding, _ in
            guard let context = unsafe context, let encoding = unsafe encoding else { return }
            let name = unsafe String(decoding: Expat.bytes(encoding), as: UTF8.self)
            guard name.lowercased() != "utf-8" else { return }
            unsafe Expat.at(context).refuse("encoding", Expat.onlyUTF8)
        }
    }

    private static func at(_ context: UnsafeMutableRawPointer) -> Expat {
        unsafe Unmanaged<Expat>.fromOpaque(context).takeUnretainedValue()
    }

    private func start(
        _ name: UnsafePointer<CChar>,
        _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?
    ) {
        if scanner.depth == 0 { unsafe scanner.attributes = Expat.pairs(attributes) }
        let all = unsafe Expat.bytes(name)
        let split = unsafe all.lastIndex(of: Expat.separator).map { $0 + 1 } ?? 0
        let local = unsafe UnsafeBufferPointer(rebasing: all[split...])
        let space = unsafe UnsafeBufferPointer(rebasing: all[..<max(0, split - 1)])
        unsafe scanner.start(
            space: space.span, name: local.span, line: Int(XML_GetCurrentLineNumber(parser)),
            column: Int(XML_GetCurrentColumnNumber(parser)) + 1)
        stopIfAsked()
    }

    private func refuse(_ code: String, _ message: MessageText) {
        scanner.refuse(code, message)
        stopIfAsked()
    }

    private func stopIfAsked() {
        if scanner.stop != nil { _ = unsafe XML_StopParser(parser, 0) }
    }

    private static func bytes(_ text: UnsafePointer<CChar>) -> UnsafeBufferPointer<UInt8> {
        let count = unsafe cexpat_length(text)
        return unsafe UnsafeBufferPointer(
            start: UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self), count: count)
    }

    private static func pairs(
        _ list: UnsafeMutablePointer<UnsafePointer<CChar>?>?
    ) -> [String: String] {
        var result: [String: String] = [:]
        guard let list = unsafe list else { return result }
        var index = 0
        while let name = unsafe list[index], let value = unsafe list[index + 1] {
            let key = unsafe String(decoding: bytes(name), as: UTF8.self)
            result[key] = unsafe String(decoding: bytes(value), as: UTF8.self)
            index += 2
        }
        return result
    }
}
