internal import CExpat

/// A pushed, namespace-aware XML parser that hands on starts, ends and pieces of text as they
/// come: the C border of envelopes, whose one text may be as large as a message.
///
/// Document types and encodings other than UTF-8 end the parse. What the parser lends lives for
/// one call of the scanner.
@safe final class XMLStream {
    // Made in init, freed in deinit, never handed out.
    private let parser: OpaquePointer
    private let scanner: DXPScanner
    private(set) var failure: DXPScanner.Stop?

    init(scanner: DXPScanner) {
        self.scanner = scanner
        let handlers = unsafe cxs_handlers(
            start: { context, name, attributes in
                guard let context = unsafe context, let name = unsafe name else { return false }
                return unsafe XMLStream.start(context, name, attributes)
            },
            end: { context in
                guard let context = unsafe context else { return false }
                return unsafe XMLStream.at(context).end()
            },
            text: { context, text, count in
                guard let context = unsafe context else { return false }
                let bytes = unsafe UnsafeBufferPointer(start: text, count: count)
                return unsafe XMLStream.at(context).text(bytes.span)
            })
        let context = unsafe Unmanaged.passUnretained(scanner).toOpaque()
        guard
            let parser = unsafe cxs_create(
                context, handlers, CChar(bitPattern: CEBNames.separator),
                UInt32(InterchangeLimits.xmlDepth))
        else { fatalError("no memory for an XML parser") }
        unsafe self.parser = parser
        scanner.stream = self
    }

    deinit { unsafe cxs_destroy(parser) }

    /// Parses the next piece; false once the parse has failed.
    func push(_ bytes: Span<UInt8>, isLast: Bool) -> Bool {
        guard failure == nil else { return false }
        let status = unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe cxs_push(parser, buffer.baseAddress, buffer.count, isLast)
        }
        if status != CXML_OK {
            failure = reason(status)
        } else if !isLast, unsafe cxs_held(parser) > InterchangeLimits.documentBytes {
            failure = DXPScanner.Stop(
                code: "tooLarge", message: .tooLarge, line: place.line, column: place.column)
        }
        return failure == nil
    }

    /// Line and column, in bytes, of what is read now.
    var place: (line: Int, column: Int) {
        var line = 0
        var column = 0
        unsafe cxs_current(parser, &line, &column)
        return (line, column)
    }

    private func reason(_ status: cxml_status) -> DXPScanner.Stop {
        if let stop = scanner.stop { return stop }
        let (code, message): (String, MessageText) =
            switch status {
            case CXML_ENCODING: ("encoding", .onlyUTF8)
            case CXML_ENTITY:
                ("entity", MessageText(zh: "不接受实体", en: "entities are refused"))
            case CXML_DOCTYPE:
                ("doctype", MessageText(zh: "不接受文档类型声明", en: "a DOCTYPE is refused"))
            case CXML_DEPTH: ("tooDeep", MessageText(zh: "嵌套过深", en: "nested too deeply"))
            case CXML_MEMORY: ("memory", MessageText(zh: "内存不足", en: "out of memory"))
            default:
                ("malformed", MessageText(zh: "不是格式良好的 XML", en: "not well-formed XML"))
            }
        let place = place
        return DXPScanner.Stop(
            code: code, message: message, line: place.line, column: place.column)
    }

    // MARK: Handlers

    private static func at(_ context: UnsafeMutableRawPointer) -> DXPScanner {
        unsafe Unmanaged<DXPScanner>.fromOpaque(context).takeUnretainedValue()
    }

    private static func start(
        _ context: UnsafeMutableRawPointer, _ name: UnsafePointer<CChar>,
        _ attributes: UnsafePointer<UnsafePointer<CChar>?>?
    ) -> Bool {
        var version: String?
        var index = 0
        while let list = unsafe attributes, let key = unsafe list[index],
            let value = unsafe list[index + 1]
        {
            if unsafe String(cString: key) == "ver" { version = unsafe String(cString: value) }
            index += 2
        }
        return unsafe at(context).start(String(cString: name), version: version)
    }
}
