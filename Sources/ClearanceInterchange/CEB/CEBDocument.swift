internal import ClearanceEvents

/// One element of a flat run: names and texts lie elsewhere.
struct CEBElement {
    /// The name's number (``CEBNames``).
    let name: Int
    /// Its own text in the document's bytes, without the blanks around it.
    var range: Range<Int>
    /// Where its tag stands in the source, behind the document's first byte.
    let offset: UInt32
    /// Depth inside the document; the document element itself is 0.
    let level: UInt8
    var hasChildren = false
    /// An element with children that also has text.
    var isMixed = false
}

/// One document of a message: a flat run of elements, as a parser laid it out or as it is composed.
///
/// Reused from document to document, so that reading does not allocate an element.
struct CEBDocument {
    private(set) var bytes: [UInt8] = []
    private(set) var elements: [CEBElement] = []
    /// More than the limits allow was dropped; the document has to be refused.
    private(set) var isTooLarge = false
    /// The document's number in its message, from 1.
    var index = 0
    let names: CEBNames
    /// Knows the places of the elements; nil for a composed document.
    private unowned let tape: XMLTape?
    private var open: [Int] = []

    /// An empty document; its names are numbered by `names`.
    init(names: CEBNames = CEBNames(), tape: XMLTape? = nil) {
        self.names = names
        self.tape = tape
    }

    // MARK: Reading

    /// Takes over the texts of a tape's part; its elements follow with ``add(_:)``.
    mutating func begin(_ bytes: Span<UInt8>, elements: Int, isTooLarge: Bool) {
        self.bytes.removeAll(keepingCapacity: true)
        self.bytes.append(copying: bytes)
        self.elements.removeAll(keepingCapacity: true)
        self.elements.reserveCapacity(elements)
        self.isTooLarge = isTooLarge
    }

    mutating func add(_ element: CEBElement) { elements.append(element) }

    func isNative(_ element: CEBElement) -> Bool { names.space(element.name) == .native }

    func name(_ element: CEBElement) -> String { names.local(element.name) }

    func text(_ element: CEBElement) -> String {
        String(decoding: bytes[element.range], as: UTF8.self)
    }

    /// Line and column, from 1; 0 for a composed document.
    func place(_ element: CEBElement) -> (line: Int, column: Int) {
        tape?.place(of: element) ?? (0, 0)
    }

    // MARK: Composing

    /// Opens an element of CEB's namespace.
    mutating func start(_ name: String) {
        if let parent = open.last { elements[parent].hasChildren = true }
        elements.append(
            CEBElement(
                name: names.number(ofNative: name), range: 0..<0, offset: 0,
                level: UInt8(open.count)))
        open.append(elements.count - 1)
    }

    /// The text of the open element, which has none yet and no children.
    mutating func text(_ text: String) {
        guard let last = open.last else { return }
        let start = bytes.count
        bytes.append(contentsOf: text.utf8)
        elements[last].range = start..<bytes.count
    }

    mutating func end() { open.removeLast() }

    // MARK: Writing

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
        var stack: [(name: String, level: UInt8)] = []
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
