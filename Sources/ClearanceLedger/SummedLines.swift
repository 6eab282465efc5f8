import ClearanceStore

/// The form of the ledger's small text files: a heading, lines, and last the CRC-32C of everything
/// before it, in hexadecimal digits. Source: `specs/log.md`, on disk.
enum SummedLines {
    /// The bytes of a file.
    ///
    /// - Parameter beside: bytes of another file that the sum covers too.
    static func bytes(_ heading: String, _ lines: [String], beside: [UInt8] = []) -> [UInt8] {
        let text = Array(([heading] + lines).map { $0 + "\n" }.joined().utf8)
        return text + Array((sum(text[...], beside) + "\n").utf8)
    }

    /// The lines of a file; nil when it is not as it was written.
    static func lines(
        of bytes: [UInt8], _ heading: String, beside: [UInt8] = []
    ) -> ArraySlice<Substring>? {
        var lines = String(decoding: bytes, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false)[...]
        guard lines.popFirst() == heading[...], lines.popLast() == "",
            let last = lines.popLast(), bytes.count > last.utf8.count,
            last == sum(bytes.dropLast(last.utf8.count + 1), beside)[...]
        else { return nil }
        return lines
    }

    private static func sum(_ lines: ArraySlice<UInt8>, _ beside: [UInt8]) -> String {
        "crc32c " + String(crc32c(beside.span, seed: crc32c(lines.span)), radix: 16)
    }
}
