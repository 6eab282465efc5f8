internal import ClearanceEvents

/// Takes the value of `payExInfoStr` out of form-encoded bodies (`name=value&…`), one a line.
///
/// A percent sign without two hexadecimal digits stands for itself, as browsers read it.
struct FormBody {
    private enum State {
        case name
        case value
        case other
    }

    /// The field that announcement 2018/179 names.
    static let field = "payExInfoStr"

    private var state = State.name
    private var name: [UInt8] = []
    /// A percent sign and what follows it so far.
    private var escape: [UInt8] = []

    /// Yields what the next piece adds to values; an empty yield ends a value.
    mutating func push(_ bytes: Span<UInt8>, into sink: ([UInt8]) -> Void) {
        var text: [UInt8] = []
        for index in bytes.indices {
            let byte = bytes[index]
            let isEnd = byte == UInt8(ascii: "&") || byte == 10 || byte == 13
            switch state {
            case .name:
                if isEnd {
                    name = []
                } else if byte == UInt8(ascii: "=") {
                    state = name == Array(FormBody.field.utf8) ? .value : .other
                } else if name.count < 64 {
                    name.append(byte)
                }
            case .other: if isEnd { restart() }
            case .value:
                if isEnd {
                    text.append(contentsOf: escape)
                    if !text.isEmpty { sink(text) }
                    text = []
                    sink([])
                    restart()
                } else {
                    take(byte, into: &text)
                }
            }
        }
        if !text.isEmpty { sink(text) }
    }

    /// The last value may end with the input.
    mutating func finish(into sink: ([UInt8]) -> Void) {
        if !escape.isEmpty { sink(escape) }
        if case .value = state { sink([]) }
        restart()
    }

    private mutating func restart() {
        state = .name
        name = []
        escape = []
    }

    private mutating func take(_ byte: UInt8, into text: inout [UInt8]) {
        if escape.isEmpty {
            switch byte {
            case UInt8(ascii: "%"): escape = [byte]
            case UInt8(ascii: "+"): text.append(32)
            default: text.append(byte)
            }
            return
        }
        guard FormBody.hex(byte) != nil else {
            text.append(contentsOf: escape)
            escape = []
            return take(byte, into: &text)
        }
        escape.append(byte)
        guard escape.count == 3 else { return }
        text.append((FormBody.hex(escape[1]) ?? 0) << 4 | (FormBody.hex(escape[2]) ?? 0))
        escape = []
    }

    private static func hex(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }

    /// The body that carries a text: everything but letters, digits and `-._~` is escaped.
    static func encoded(_ text: [UInt8]) -> [UInt8] {
        var body = Array((field + "=").utf8)
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in text {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                body.append(byte)
            default:
                body.append(UInt8(ascii: "%"))
                body.append(digits[Int(byte >> 4)])
                body.append(digits[Int(byte & 15)])
            }
        }
        return body
    }
}
