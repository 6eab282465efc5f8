/// Writes JSON: compact for lines, pretty for people.
///
///     var writer = JSONWriter(pretty: true)
///     writer.object { $0.member("position", 12) }
///
/// Members stand in the order of the calls. Only what RFC 8259 demands is escaped. Traps when
/// a value is written where a name is due, or the other way round.
public struct JSONWriter: Sendable {
    /// What was written so far, UTF-8.
    public private(set) var bytes: [UInt8] = []
    private let pretty: Bool
    private var counts: [Int] = []
    private var followsName = false

    /// An empty writer; `pretty` puts every member on its own line, indented by two.
    public init(pretty: Bool = false) { self.pretty = pretty }

    /// The written text.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Forgets what was written and keeps the storage.
    public mutating func clear() {
        bytes.removeAll(keepingCapacity: true)
        counts.removeAll(keepingCapacity: true)
        followsName = false
    }

    /// An object whose members `body` writes.
    public mutating func object(_ body: (inout JSONWriter) -> Void) {
        nest(open: UInt8(ascii: "{"), close: UInt8(ascii: "}"), body)
    }

    /// An array whose elements `body` writes.
    public mutating func array(_ body: (inout JSONWriter) -> Void) {
        nest(open: UInt8(ascii: "["), close: UInt8(ascii: "]"), body)
    }

    /// The name of the member whose value is written next.
    public mutating func name(_ name: String) {
        precondition(!followsName && !counts.isEmpty, "a name stands inside an object")
        separate()
        quote(name)
        bytes.append(UInt8(ascii: ":"))
        if pretty { bytes.append(UInt8(ascii: " ")) }
        followsName = true
    }

    public mutating func value(_ text: String) {
        separate()
        quote(text)
    }

    public mutating func value(_ number: Int) { raw(String(number)) }

    public mutating func value(_ number: UInt64) { raw(String(number)) }

    /// The shortest text that reads back as the same number; null for what JSON cannot say.
    public mutating func value(_ number: Double) {
        raw(number.isFinite ? "\(number)" : "null")
    }

    public mutating func value(_ flag: Bool) { raw(flag ? "true" : "false") }

    public mutating func null() { raw("null") }

    /// A number by its digits, as they were given.
    public mutating func number(digits: String) { raw(digits) }

    /// A value that is JSON already.
    public mutating func value(json: [UInt8]) {
        separate()
        bytes.append(contentsOf: json)
    }

    /// Both languages as `{zh, en}`.
    public mutating func value(_ message: MessageText) {
        object { writer in
            writer.member("zh", message.zh)
            writer.member("en", message.en)
        }
    }

    public mutating func member(_ key: String, _ text: String) {
        name(key)
        value(text)
    }

    public mutating func member(_ key: String, _ number: Int) {
        name(key)
        value(number)
    }

    public mutating func member(_ key: String, _ number: UInt64) {
        name(key)
        value(number)
    }

    public mutating func member(_ key: String, _ number: Double) {
        name(key)
        value(number)
    }

    public mutating func member(_ key: String, _ flag: Bool) {
        name(key)
        value(flag)
    }

    public mutating func member(_ key: String, _ message: MessageText) {
        name(key)
        value(message)
    }

    /// A member that is left out when there is no text.
    public mutating func member(_ key: String, ifPresent text: String?) {
        if let text { member(key, text) }
    }

    /// A member with an object that `body` writes.
    public mutating func member(object key: String, _ body: (inout JSONWriter) -> Void) {
        name(key)
        object(body)
    }

    /// A member with an array that `body` writes.
    public mutating func member(array key: String, _ body: (inout JSONWriter) -> Void) {
        name(key)
        array(body)
    }

    private mutating func nest(
        open: UInt8, close: UInt8, _ body: (inout JSONWriter) -> Void
    ) {
        separate()
        bytes.append(open)
        counts.append(0)
        body(&self)
        precondition(!followsName, "a name without its value")
        let count = counts.removeLast()
        if count > 0 { breakLine() }
        bytes.append(close)
    }

    /// Whatever stands between two values, or between a name and its value.
    private mutating func separate() {
        if followsName {
            followsName = false
            return
        }
        guard let last = counts.indices.last else { return }
        if counts[last] > 0 { bytes.append(UInt8(ascii: ",")) }
        counts[last] += 1
        breakLine()
    }

    private mutating func breakLine() {
        guard pretty else { return }
        bytes.append(10)
        for _ in 0..<(counts.count * 2) { bytes.append(32) }
    }

    private mutating func raw(_ text: String) {
        separate()
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        // Texts of which nothing has to be escaped, nearly all of them, are copied in one go.
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }) {
            bytes.append(contentsOf: text.utf8)
        } else {
            for byte in text.utf8 { escape(byte) }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(byte)
        case 0x0A: bytes.append(contentsOf: "\\n".utf8)
        case 0x0D: bytes.append(contentsOf: "\\r".utf8)
        case 0x09: bytes.append(contentsOf: "\\t".utf8)
        case ..<0x20:
            bytes.append(contentsOf: "\\u00".utf8)
            bytes.append(JSONWriter.hex[Int(byte >> 4)])
            bytes.append(JSONWriter.hex[Int(byte & 15)])
        default: bytes.append(byte)
        }
    }

    private static let hex = Array("0123456789abcdef".utf8)
}
