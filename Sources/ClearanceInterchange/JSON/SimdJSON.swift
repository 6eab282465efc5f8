internal import CSimdJSON

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
    private(set) var count = 0

    init(
        bytes: Int = InterchangeLimits.documentBytes, depth: Int = InterchangeLimits.jsonDepth
    ) {
        guard let parser = unsafe csj_create(bytes, depth) else {
            fatalError("no memory for a JSON parser")
        }
        unsafe self.parser = parser
    }

    deinit { unsafe csj_destroy(parser) }

    /// Parses one document; afterwards the nodes can be read.
    func parse(_ bytes: Span<UInt8>) throws(Failure) {
        count = 0
        let status = unsafe bytes.withUnsafeBufferPointer { buffer in
            // An empty span may have no address; the parser wants one and reads nothing.
            var none: UInt8 = 0
            guard let base = buffer.baseAddress else {
                return unsafe csj_parse(parser, &none, 0)
            }
            return unsafe csj_parse(parser, base, buffer.count)
        }
        guard let reason = Failure.Reason(rawValue: UInt32(status.rawValue)) else {
            count = unsafe csj_node_count(parser)
            return
        }
        throw Failure(reason: reason, offset: unsafe csj_error_offset(parser))
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
        let node = node(index)
        let start = unsafe csj_text(parser)
        let bytes = unsafe UnsafeBufferPointer(
            start: start.unsafelyUnwrapped + Int(node.start), count: Int(node.length))
        return unsafe String(decoding: bytes, as: UTF8.self)
    }

    private func node(_ index: Int) -> csj_node {
        precondition(index >= 0 && index < count, "behind the end of the tape")
        return unsafe csj_nodes(parser).unsafelyUnwrapped[index]
    }
}
