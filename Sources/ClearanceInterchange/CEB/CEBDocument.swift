internal import ClearanceEvents

/// One collected element: names and texts lie in the document's byte buffer.
struct CEBElement {
    /// Depth inside the document; the document element itself is 0.
    let level: Int
    let name: Range<Int>
    var text: Range<Int>
    let line: Int
    let column: Int
    /// In CEB's namespace.
    let isNative: Bool
    var hasChildren = false
    /// An element with children that also has text.
    var isMixed = false
}

/// One document of a message while and after it is read: a flat run of elements.
///
/// Reused from document to document, so that reading does not allocate an element.
struct CEBDocument {
    private(set) var bytes: [UInt8] = []
    private(set) var elements: [CEBElement] = []
    private var open: [Int] = []
    private var textStart = 0
    /// More than the limits allow was dropped; the document has to be refused.
    private(set) var isTooLarge = false
    /// The document's number in its message, from 1.
    var index = 0

    mutating func clear() {
        bytes.removeAll(keepingCapacity: true)
        elements.removeAll(keepingCapacity: true)
        open.removeAll(keepingCapacity: true)
        isTooLarge = false
    }

    mutating func start(name: Span<UInt8>, isNative: Bool, line: Int, column: Int) {
        if isFull(name.count) { return }
        closeText()
        if let parent = open.last { elements[parent].hasChildren = true }
        let begin = append(name)
        elements.append(
            CEBElement(
                level: open.count, name: begin..<bytes.count, text: 0..<0, line: line,
                column: column, isNative: isNative))
        open.append(elements.count - 1)
        textStart = bytes.count
    }

    mutating func text(_ text: Span<UInt8>) {
        if isFull(text.count) { return }
        _ = append(text)
    }

    mutating func end() {
        if isTooLarge { return }
        closeText()
        open.removeLast()
        textStart = bytes.count
    }

    private mutating func isFull(_ count: Int) -> Bool {
        if bytes.count + count > InterchangeLimits.collectedBytes
            || elements.count >= InterchangeLimits.elements
        {
            isTooLarge = true
        }
        return isTooLarge
    }

    private mutating func append(_ span: Span<UInt8>) -> Int {
        let begin = bytes.count
        bytes.append(copying: span)
        return begin
    }

    /// The text since the last tag belongs to the innermost open element.
    private mutating func closeText() {
        guard let last = open.last, !bytes[textStart...].isEmpty else { return }
        let trimmed = trimmed(textStart..<bytes.count)
        if trimmed.isEmpty {
            bytes.removeLast(bytes.count - textStart)
        } else if elements[last].hasChildren || !elements[last].text.isEmpty {
            elements[last].isMixed = true
        } else {
            elements[last].text = trimmed
        }
    }

    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        var low = range.lowerBound
        var high = range.upperBound
        while low < high, CEBDocument.isBlank(bytes[low]) { low += 1 }
        while high > low, CEBDocument.isBlank(bytes[high - 1]) { high -= 1 }
        return low..<high
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 32 || byte == 10 || byte == 13 || byte == 9
    }

    func name(_ element: CEBElement) -> String {
        String(decoding: bytes[element.name], as: UTF8.self)
    }

    func text(_ element: CEBElement) -> String {
        String(decoding: bytes[element.text], as: UTF8.self)
    }

    func has(_ element: CEBElement, name: [UInt8]) -> Bool {
        guard element.name.count == name.count else { return false }
        var index = element.name.lowerBound
        for byte in name {
            if bytes[index] != byte { return false }
            index += 1
        }
        return true
    }

    /// The document as XML without namespaces, for the rejects file; cut at the limit.
    func xml(masking isPersonal: (String) -> Bool) -> String {
        var writer = XMLWriter()
        write(to: &writer, limit: InterchangeLimits.rawBytes, masking: isPersonal)
        return String(decoding: writer.bytes.prefix(InterchangeLimits.rawBytes), as: UTF8.self)
    }

    /// Writes the document's elements.
    func write(
        to writer: inout XMLWriter, limit: Int = .max,
        masking isPersonal: (String) -> Bool = { _ in false }
    ) {
        var stack: [(name: String, level: Int)] = []
        for element in elements {
            while let last = stack.last, last.level >= element.level {
                writer.end(last.name)
                stack.removeLast()
            }
            if writer.bytes.count > limit { break }
            let name = name(element)
            writer.start(name)
            stack.append((name, element.level))
            let text = text(element)
            writer.text(isPersonal(name) ? Masking.masked(text, field: name) : text)
        }
        while let last = stack.popLast() { writer.end(last.name) }
    }
}
