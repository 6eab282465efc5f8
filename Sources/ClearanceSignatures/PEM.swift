/// The text form of keys and certificates (RFC 7468).
enum PEM {
    struct Block {
        let label: String
        let bytes: [UInt8]
    }

    /// The blocks of a text, in its order; text between them is passed over. Nil when a block does
    /// not end or is not Base64.
    static func blocks(of bytes: [UInt8]) -> [Block]? {
        var blocks: [Block] = []
        var label: String?
        var body: [UInt8] = []
        for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            let text = String(decoding: line, as: UTF8.self)
            if let open = label {
                if text.hasPrefix("-----END " + open + "-----") {
                    guard let decoded = Base64.decode(body) else { return nil }
                    blocks.append(Block(label: open, bytes: decoded))
                    label = nil
                } else {
                    body += line
                }
            } else if text.hasPrefix("-----BEGIN "), let end = text.dropFirst(11).range(of: "-----")
            {
                label = String(text.dropFirst(11)[..<end])
                body = []
            }
        }
        return label == nil ? blocks : nil
    }
}

extension Substring {
    /// Where a mark begins.
    fileprivate func range(of mark: String) -> Index? {
        indices.first { self[$0...].hasPrefix(mark) }
    }
}
