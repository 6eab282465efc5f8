/// Writes XML elements and escaped texts, without any blank space that was not given.
struct XMLWriter {
    private(set) var bytes: [UInt8] = []

    mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

    mutating func start(_ name: String) {
        bytes.append(UInt8(ascii: "<"))
        raw(name)
        bytes.append(UInt8(ascii: ">"))
    }

    mutating func end(_ name: String) {
        raw("</")
        raw(name)
        bytes.append(UInt8(ascii: ">"))
    }

    mutating func element(_ name: String, _ value: String) {
        start(name)
        text(value)
        end(name)
    }

    /// Characters that XML 1.0 cannot say at all become U+FFFD.
    mutating func text(_ value: String) {
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "<"): raw("&lt;")
            case UInt8(ascii: ">"): raw("&gt;")
            case UInt8(ascii: "&"): raw("&amp;")
            case UInt8(ascii: "\""): raw("&quot;")
            case 0x0D: raw("&#13;")
            case 0x00..<0x09, 0x0B, 0x0C, 0x0E..<0x20: raw("\u{FFFD}")
            default: bytes.append(byte)
            }
        }
    }
}
