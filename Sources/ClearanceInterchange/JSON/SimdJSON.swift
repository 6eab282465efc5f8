internal import CSimdJSON
internal import ClearanceEvents

/// One parsed JSON document as a flat run of nodes in document order: the C border of JSON.
///
/// The storage belongs to the parser and is overwritten by the next ``parse(_:)``; every reading
/// copies what it returns, so nothing escapes.
@safe final class JSONTape {
    enum Kind: UInt32 {
        case object = 0
        case array = 1
        case key = 2
        case string = 3
        case number = 4
        case yes = 5
        case no = 6
        case null = 7
    }

    /// Why a line is not a JSON document, and at which byte.
    struct Failure: Error, Equatable {
        enum Reason: UInt32 {
            case syntax = 1
            case utf8 = 2
            case depth = 3
            case number = 4
            case string = 5
            case trailing = 6
            case size = 7
            case memory = 8
        }

        let reason: Reason
        let offset: Int
    }

    // Made in init, freed in deinit, never handed out.
    private let parser: OpaquePointer
    // The parser's own storage, good until the next parse.
    private var nodes: UnsafeBufferPointer<csj_node>
    private var input: UnsafeBufferPointer<UInt8>
    private var texts: UnsafeBufferPointer<UInt8>

    var count: Int { unsafe nodes.count }

    init(
        bytes: Int = InterchangeLimits.documentBytes, depth: Int = InterchangeLimits.jsonDepth
    ) {
        guard let parser = unsafe csj_create(bytes, depth) else {
            fatalError("no memory for a JSON parser")
        }
        unsafe self.parser = parser
        unsafe nodes = UnsafeBufferPointer(start: nil, count: 0)
        unsafe input = UnsafeBufferPointer(start: nil, count: 0)
        unsafe texts = UnsafeBufferPointer(start: nil, count: 0)
    }

    deinit { unsafe csj_destroy(parser) }

    /// Parses one document; afterwards the nodes can be read.
    func parse(_ bytes: Span<UInt8>) throws(Failure) {
        unsafe nodes = UnsafeBufferPointer(start: nil, count: 0)
        let status = unsafe bytes.withUnsafeBufferPointer { buffer in
            // An empty span may have no address; the parser wants one and reads nothing.
            var none: UInt8 = 0
            guard let base = buffer.baseAddress else {
                return unsafe csj_parse(parser, &none, 0)
            }
            return unsafe csj_parse(parser, base, buffer.count)
        }
        guard let reason = Failure.Reason(rawValue: UInt32(status.rawValue)) else {
            unsafe nodes = UnsafeBufferPointer(
                start: csj_nodes(parser), count: csj_node_count(parser))
            unsafe input = UnsafeBufferPointer(
                start: csj_input(parser), count: csj_input_count(parser))
            unsafe texts = UnsafeBufferPointer(
                start: csj_text(parser), count: csj_text_count(parser))
            return
        }
        throw Failure(reason: reason, offset: unsafe csj_error_offset(parser))
    }

    /// The place of the first line feed at or behind `start`; nil when there is none.
    static func lineEnd(in bytes: Span<UInt8>, from start: Int) -> Int? {
        let rest = bytes.extracting(start...)
        let end = unsafe rest.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return 0 }
            return unsafe csj_line_end(base, buffer.count)
        }
        return end < rest.count ? start + end : nil
    }

    func kind(_ index: Int) -> Kind {
        guard let kind = Kind(rawValue: node(index).kind) else {
            preconditionFailure("the tape has no such kind")
        }
        return kind
    }

    /// The number of children of a container.
    func children(_ index: Int) -> Int { Int(node(index).count) }

    /// The node behind the subtree that begins here.
    func next(_ index: Int) -> Int { Int(node(index).next) }

    /// The byte of the document where the node begins.
    func offset(_ index: Int) -> Int { Int(node(index).offset) }

    /// The text of a key or string, unescaped; the digits of a number, as given.
    func text(_ index: Int) -> String {
        unsafe String(decoding: bytes(index), as: UTF8.self)
    }

    /// The field that a key names in a layout; 0 when the layout does not know it.
    func field(_ index: Int, of layout: RecordLayout) -> UInt16 {
        unsafe layout.number(of: bytes(index).span)
    }

    /// The number of a key in a table; 0 when it is none of its words.
    func number(_ index: Int, in table: WordTable) -> UInt16 {
        unsafe table.number(of: bytes(index).span)
    }

    /// Lends the bytes of a key, string or number.
    func with<Result>(_ index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
        unsafe body(bytes(index).span)
    }

    /// Whether a key or a string has exactly these bytes.
    func isEqual(_ index: Int, to word: Span<UInt8>) -> Bool {
        guard Int(node(index).length) == word.count else { return false }
        let bytes = unsafe bytes(index)
        for place in word.indices where unsafe bytes[place] != word[place] { return false }
        return true
    }

    /// Adds a value that holds no other as a known field; false when the field stands already.
    func add(_ index: Int, number: UInt16, to builder: inout RecordBuilder) -> Bool {
        unsafe builder.add(dataKind(index), bytes(index).span, number: number)
    }

    /// Adds a value that holds no other under its key; false when the name stands already.
    func add(_ index: Int, key: Int, to builder: inout RecordBuilder) -> Bool {
        unsafe builder.add(dataKind(index), bytes(index).span, name: bytes(key).span)
    }

    /// Adds a value that holds no other to the open list.
    func addItem(_ index: Int, to builder: inout RecordBuilder) {
        unsafe builder.addItem(dataKind(index), bytes(index).span)
    }

    private func dataKind(_ index: Int) -> DataKind {
        switch kind(index) {
        case .string: .text
        case .number: .number
        case .yes: .yes
        case .no: .no
        case .null: .null
        case .object, .array, .key: preconditionFailure("not a value of its own")
        }
    }

    private func bytes(_ index: Int) -> UnsafeBufferPointer<UInt8> {
        let node = node(index)
        let range = Int(node.start)..<Int(node.start) + Int(node.length)
        let isGiven = node.count == CSJ_GIVEN.rawValue
        return unsafe UnsafeBufferPointer(rebasing: isGiven ? input[range] : texts[range])
    }

    private func node(_ index: Int) -> csj_node {
        precondition(index >= 0 && index < count, "behind the end of the tape")
        return unsafe nodes[index]
    }
}
