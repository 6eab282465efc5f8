internal import ClearanceEvents

/// Reads one XML input, whatever its encoding: a CEB message, or an envelope around one.
///
/// UTF-8 goes to the message's reader as it comes. A declared GB 2312, GBK or GB 18030 is converted
/// on the way; the declaration then loses its encoding, blank for byte, so that the parser reads
/// what it is given and columns stay.
struct XMLInput {
    /// The reader of a root; both are classes, so that moving one copies nothing.
    private enum Body {
        case message(CEBReader)
        case envelope(DXPReader)
        case refused

        func push(_ bytes: Span<UInt8>, isLast: Bool, into sink: (ParsedItem) -> Void) {
            switch self {
            case .message(let reader): reader.push(bytes, isLast: isLast, into: sink)
            case .envelope(let reader): reader.push(bytes, isLast: isLast, into: sink)
            case .refused: break
            }
        }
    }

    private let file: String
    private let profile: EventProfile
    private let depth: CheckDepth
    private var head: [UInt8] = []
    private let isInside: Bool
    private var body: Body?
    private var decoder: GBDecoder?
    /// A reject was told before the input's end: its parser has given up.
    private var isBroken = false

    /// - Parameter isInside: the input is the content of an envelope, which holds no second one.
    init(file: String, profile: EventProfile, depth: CheckDepth, isInside: Bool = false) {
        self.file = file
        self.profile = profile
        self.depth = depth
        self.isInside = isInside
    }

    /// Takes the next piece; ``finish(into:)`` follows the last one in any case.
    mutating func push(_ bytes: Span<UInt8>, isLast: Bool, into sink: (ParsedItem) -> Void) {
        if body != nil { return feed(bytes, isLast: isLast, into: sink) }
        if head.isEmpty, let found = XMLHead(bytes, isLast: isLast) {
            return begin(found, bytes, isLast: isLast, into: sink)
        }
        head.append(copying: bytes)
        if let found = XMLHead(head.span, isLast: isLast) {
            beginWithHead(found, isLast: isLast, into: sink)
        }
    }

    mutating func finish(into sink: (ParsedItem) -> Void) {
        if body == nil, let found = XMLHead(head.span, isLast: true) {
            beginWithHead(found, isLast: true, into: sink)
        }
        if decoder != nil { convert([UInt8]().span, isLast: true, into: sink) }
        if decoder?.failure == nil { body?.push([UInt8]().span, isLast: true, into: sink) }
    }

    private mutating func beginWithHead(
        _ found: XMLHead, isLast: Bool, into sink: (ParsedItem) -> Void
    ) {
        let start = head
        head = []
        begin(found, start.span, isLast: isLast, into: sink)
    }

    private mutating func begin(
        _ head: XMLHead, _ bytes: Span<UInt8>, isLast: Bool, into sink: (ParsedItem) -> Void
    ) {
        body = reader(of: head, into: sink)
        // A byte order mark says UTF-8: the parser refuses the contradiction.
        guard head.isGB, !head.hasByteOrderMark, let range = head.encodingRange else {
            return feed(bytes, isLast: isLast, into: sink)
        }
        decoder = GBDecoder()
        var start: [UInt8] = []
        start.append(copying: bytes.extracting(..<range.upperBound))
        for index in range { start[index] = 32 }
        feed(start.span, isLast: false, into: sink)
        feed(bytes.extracting(range.upperBound...), isLast: false, into: sink)
    }

    /// Everything that is not the exchange's is read, and refused, as a message.
    private func reader(of head: XMLHead, into sink: (ParsedItem) -> Void) -> Body {
        guard let root = head.root, root.hasPrefix("Dxp") else {
            return .message(CEBReader(file: file, profile: profile, depth: depth))
        }
        guard isInside else {
            return .envelope(DXPReader(file: file, profile: profile, depth: depth))
        }
        let fault = InputFault(
            code: "nestedEnvelope", path: "/\(root)", line: 1, column: 1,
            message: MessageText(zh: "信封内不得再有信封", en: "an envelope inside an envelope"))
        let place = Place(file: file, index: 0, line: 1, column: 1)
        sink(.reject(Reject(place: place, faults: [fault], raw: "", maskedRaw: "")))
        return .refused
    }

    /// What is decoded ends with ``finish(into:)``: a character may still be open.
    private mutating func feed(
        _ bytes: Span<UInt8>, isLast: Bool, into sink: (ParsedItem) -> Void
    ) {
        if decoder != nil {
            convert(bytes, isLast: false, into: sink)
        } else {
            body?.push(bytes, isLast: isLast, into: sink)
        }
    }

    // MARK: Conversion

    private mutating func convert(
        _ bytes: Span<UInt8>, isLast: Bool, into sink: (ParsedItem) -> Void
    ) {
        guard decoder?.failure == nil else { return }
        var text: [UInt8] = []
        var start = 0
        repeat {
            let end = min(bytes.count, start + GBDecoder.sliceBytes)
            text.removeAll(keepingCapacity: true)
            let isSound = decoder?.decode(
                bytes.extracting(start..<end), isLast: isLast, into: &text)
            var isBroken = isBroken
            body?.push(text.span, isLast: false) { item in
                if case .reject = item { isBroken = true }
                sink(item)
            }
            self.isBroken = isBroken
            if isSound == false { return breakOff(into: sink) }
            start = end
        } while start < bytes.count
    }

    /// Keeps what was complete before the text ended, and says where it did.
    private mutating func breakOff(into sink: (ParsedItem) -> Void) {
        guard let failure = decoder?.failure else { return }
        var isTold = isBroken
        body?.push([UInt8]().span, isLast: true) { item in
            guard case .reject(let reject) = item, reject.code == "malformed" else {
                return sink(item)
            }
            isTold = true
            sink(.reject(reject.replacing(failure.fault(path: reject.path))))
        }
        if isTold { return }
        let place = Place(file: file, index: 0, line: failure.line, column: failure.column)
        let fault = failure.fault(path: "")
        sink(.reject(Reject(place: place, faults: [fault], raw: "", maskedRaw: "")))
    }
}

extension Reject {
    /// The same refused text for another reason.
    func replacing(_ fault: InputFault) -> Reject {
        let place = Place(
            file: place.file, index: place.index, line: fault.line, column: fault.column)
        return Reject(place: place, faults: [fault], raw: raw, maskedRaw: maskedRaw)
    }
}
