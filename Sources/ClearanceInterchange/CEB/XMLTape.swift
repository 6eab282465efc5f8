internal import CExpat
internal import Synchronization

/// A pushed, namespace-aware XML parser that lays each child of the root out as a flat tape: the C
/// border of XML.
///
/// Document types, entity declarations and encodings other than UTF-8 end the parse. What the
/// parser lends is copied before a call returns, so nothing escapes.
///
/// @unchecked Sendable: one reader has it at a time; the pool hands it out and takes it back.
@safe final class XMLTape: @unchecked Sendable {
    /// Why the parse ended before its end.
    struct Failure {
        let code: String
        let message: MessageText
        let line: Int
        let column: Int
    }

    // Made in init, freed in deinit, never handed out.
    private let parser: OpaquePointer
    private weak var scanner: CEBScanner?
    private var pushed = 0
    /// The names that the parser has met, by their numbers.
    let names = CEBNames()
    private(set) var failure: Failure?

    init() {
        let limits = cxml_limits(
            depth: UInt32(InterchangeLimits.xmlDepth),
            elements: UInt32(InterchangeLimits.elements),
            bytes: UInt32(InterchangeLimits.collectedBytes),
            names: UInt32(InterchangeLimits.names),
            name_bytes: UInt32(InterchangeLimits.nameBytes),
            kept: UInt32(InterchangeLimits.documentBytes))
        guard let parser = unsafe cxml_create(limits, CChar(bitPattern: CEBNames.separator)) else {
            fatalError("no memory for an XML parser")
        }
        unsafe self.parser = parser
    }

    deinit { unsafe cxml_destroy(parser) }

    /// Makes the tape ready for an input.
    func begin(_ scanner: CEBScanner) {
        self.scanner = scanner
        pushed = 0
        failure = nil
        let isReady = unsafe cxml_reset(
            parser, Unmanaged.passUnretained(self).toOpaque(),
            { context, attributes in
                guard let context = unsafe context else { return false }
                return unsafe XMLTape.at(context).startRoot(attributes)
            },
            { context in
                guard let context = unsafe context else { return false }
                return unsafe XMLTape.at(context).endPart()
            })
        guard isReady else { fatalError("no memory for an XML parser") }
        if unsafe cxml_name_count(parser) < names.count { names.removeAll() }
    }

    private static func at(_ context: UnsafeMutableRawPointer) -> XMLTape {
        unsafe Unmanaged<XMLTape>.fromOpaque(context).takeUnretainedValue()
    }

    /// Parses the next piece; false once the parse has failed. Cost: linear in the bytes.
    func push(_ bytes: Span<UInt8>, isLast: Bool) -> Bool {
        var rest = bytes
        repeat {
            guard failure == nil else { return false }
            let count = min(rest.count, InterchangeLimits.messageBytes)
            let piece = rest.extracting(..<count)
            rest = rest.extracting(count...)
            parse(piece, isLast: isLast && rest.isEmpty)
        } while !rest.isEmpty
        return failure == nil
    }

    private func parse(_ bytes: Span<UInt8>, isLast: Bool) {
        pushed += bytes.count
        let status = unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe cxml_push(parser, buffer.baseAddress, buffer.count, isLast)
        }
        if status != CXML_OK {
            failure = failed(status)
        } else if !isLast, isHoldingTooMuch {
            failure = failed(
                "tooLarge", MessageText(zh: "报文过大", en: "the message is too large"))
        }
    }

    /// An unfinished token is kept whole by the parser, and a message until its end.
    private var isHoldingTooMuch: Bool {
        unsafe cxml_held(parser) > InterchangeLimits.documentBytes
            || pushed > InterchangeLimits.messageBytes
    }

    // MARK: What it tells

    private func startRoot(
        _ attributes: UnsafePointer<UnsafePointer<CChar>?>?
    ) -> Bool {
        guard let scanner else { return false }
        syncNames()
        let number = unsafe Int(cxml_root_name(parser))
        return scanner.startRoot(number, attributes: unsafe XMLTape.pairs(attributes))
    }

    private func endPart() -> Bool {
        guard let scanner else { return false }
        return scanner.endPart()
    }

    /// Copies the part that is open or has just ended.
    func copyPart(into document: inout CEBDocument) {
        syncNames()
        let elements = unsafe UnsafeBufferPointer(
            start: cxml_elements(parser), count: cxml_element_count(parser))
        let bytes = unsafe UnsafeBufferPointer(
            start: cxml_bytes(parser), count: cxml_byte_count(parser))
        unsafe document.begin(
            bytes.span, elements: elements.count, isTooLarge: cxml_is_large(parser))
        for index in elements.indices {
            let element = unsafe elements[index]
            let start = Int(element.text)
            let flags = Int(element.flags)
            document.add(
                CEBElement(
                    name: Int(element.name), range: start..<start + Int(element.count),
                    offset: element.offset, level: element.level,
                    hasChildren: flags & CXML_CHILDREN != 0, isMixed: flags & CXML_MIXED != 0))
        }
    }

    private func syncNames() {
        let count = unsafe cxml_name_count(parser)
        while names.count < count {
            var length = 0
            guard let start = unsafe cxml_name(parser, names.count, &length) else { return }
            unsafe start.withMemoryRebound(to: UInt8.self, capacity: length) { start in
                unsafe names.add(UnsafeBufferPointer(start: start, count: length).span)
            }
        }
    }

    /// Elements that are open now, the root included.
    var depth: Int { unsafe Int(cxml_depth(parser)) }

    /// Line and column, in bytes, of an element of the part.
    func place(of element: CEBElement) -> (line: Int, column: Int) {
        var line = 0
        var column = 0
        unsafe cxml_place(parser, element.offset, &line, &column)
        return (line, column)
    }

    /// Line and column of what is read now.
    var current: (line: Int, column: Int) {
        var line = 0
        var column = 0
        unsafe cxml_current(parser, &line, &column)
        return (line, column)
    }

    private static func pairs(
        _ list: UnsafePointer<UnsafePointer<CChar>?>?
    ) -> [String: String] {
        var result: [String: String] = [:]
        guard let list = unsafe list else { return result }
        var index = 0
        while let name = unsafe list[index], let value = unsafe list[index + 1] {
            unsafe result[String(cString: name)] = unsafe String(cString: value)
            index += 2
        }
        return result
    }
}

extension XMLTape {
    private func failed(_ status: cxml_status) -> Failure {
        if let stop = scanner?.stop { return failed(stop.code, stop.message) }
        switch status {
        case CXML_ENCODING: return failed("encoding", .onlyUTF8)
        case CXML_ENTITY:
            return failed("entity", MessageText(zh: "不接受实体", en: "entities are refused"))
        case CXML_DOCTYPE:
            return failed(
                "doctype", MessageText(zh: "不接受文档类型声明", en: "a DOCTYPE is refused"))
        case CXML_DEPTH:
            return failed("tooDeep", MessageText(zh: "嵌套过深", en: "nested too deeply"))
        case CXML_NAMES:
            return failed(
                "tooLarge",
                MessageText(zh: "元素名过多或过长", en: "too many or too long element names"))
        case CXML_MEMORY:
            return failed("memory", MessageText(zh: "内存不足", en: "out of memory"))
        default:
            return failed(
                "malformed", MessageText(zh: "不是格式良好的 XML", en: "not well-formed XML"))
        }
    }

    private func failed(_ code: String, _ message: MessageText) -> Failure {
        let place = current
        return Failure(code: code, message: message, line: place.line, column: place.column)
    }
}

extension XMLTape {
    /// Tapes that wait for the next input, so that a small message does not pay for a parser.
    private static let pool = Mutex<[XMLTape]>([])

    /// A tape nobody else has.
    static func take() -> XMLTape { pool.withLock { $0.popLast() } ?? XMLTape() }

    /// Gives a tape back that its reader needs no more.
    static func giveBack(_ tape: XMLTape) {
        pool.withLock { if $0.count < InterchangeLimits.waitingParsers { $0.append(tape) } }
    }
}

extension MessageText {
    static let onlyUTF8 = MessageText(zh: "只接受 UTF-8 编码", en: "only UTF-8 is accepted")
}
