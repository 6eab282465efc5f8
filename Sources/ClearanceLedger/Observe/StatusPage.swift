import ClearanceStore

/// The page `DIR/status`: what the holder of a ledger alone knows, for every other process.
///
/// One page of 4,096 bytes, written in one call when its content has changed, at most once a
/// second, and never flushed: it is worth nothing after a crash. A checksum tells a torn read.
///
///     0   "CLSTATS1"
///     8   CRC-32C of everything from byte 12 on, big-endian
///     12  number of bytes of text, big-endian
///     16  lines of `name value …` in ASCII, then zeros
struct StatusPage: Sendable, Equatable {
    /// A reader with the time since which its commit has not been the newest.
    struct Reader: Sendable, Equatable {
        var process: Int32
        var place: ReaderReport.Place
        var commit: UInt64
        var since: UInt64
        var bytes: Int
    }

    static let byteCount = 4_096
    /// Readers that stand on the page, the oldest first: 48 lines of at most 72 bytes.
    static let readerLimit = 48
    private static let magic = Array("CLSTATS1".utf8)

    var holder: Int32 = 0
    var numbers: [String: UInt64] = [:]
    var words: [String: String] = [:]
    var readers: [Reader] = []

    /// The page's bytes; readers beyond the room are left out.
    func encoded() -> [UInt8] {
        var text = "holder \(holder)\n"
        for (name, number) in numbers.sorted(by: { $0.key < $1.key }) {
            text += "number \(name) \(number)\n"
        }
        for (name, word) in words.sorted(by: { $0.key < $1.key }) {
            text += "word \(name) \(word.split(separator: "\n").joined(separator: " "))\n"
        }
        var bytes = Array(text.utf8.prefix(StatusPage.byteCount / 2))
        for reader in readers.prefix(StatusPage.readerLimit) {
            let line =
                "reader \(reader.process) \(reader.place.rawValue) \(reader.commit)"
                + " \(reader.since) \(reader.bytes)\n"
            guard bytes.count + line.utf8.count <= StatusPage.byteCount - 16 else { break }
            bytes += Array(line.utf8)
        }
        var body = BigEndian.bytes(UInt32(bytes.count)) + bytes
        body += [UInt8](repeating: 0, count: StatusPage.byteCount - 12 - body.count)
        return StatusPage.magic + BigEndian.bytes(crc32c(body.span)) + body
    }

    /// The page in these bytes; nil when they are none, or a part of another.
    init?(_ bytes: [UInt8]) {
        guard bytes.count == StatusPage.byteCount, bytes.starts(with: StatusPage.magic),
            BigEndian.uint32(bytes.span, at: 8) == crc32c(bytes.span.extracting(12..<bytes.count))
        else { return nil }
        let count = Int(BigEndian.uint32(bytes.span, at: 12))
        guard count <= bytes.count - 16 else { return nil }
        let text = String(decoding: bytes[16..<(16 + count)], as: UTF8.self)
        for line in text.split(separator: "\n") { add(line) }
        guard holder > 0 else { return nil }
    }

    init(holder: Int32) { self.holder = holder }

    private mutating func add(_ line: Substring) {
        let parts = line.split(separator: " ")
        switch (parts.first, parts.count) {
        case ("holder", 2): holder = Int32(parts[1]) ?? 0
        case ("number", 3): numbers[String(parts[1])] = UInt64(parts[2])
        case ("word", 3...): words[String(parts[1])] = parts[2...].joined(separator: " ")
        case ("reader", 6):
            guard let process = Int32(parts[1]),
                let place = ReaderReport.Place(rawValue: String(parts[2])),
                let commit = UInt64(parts[3]), let since = UInt64(parts[4]),
                let bytes = Int(parts[5])
            else { return }
            readers.append(
                Reader(
                    process: process, place: place, commit: commit, since: since, bytes: bytes))
        // A later version may say more.
        default: break
        }
    }

    /// Reads the page of a ledger; nil when there is none, or when its writer is not `holder`.
    static func read(_ directory: String, holder: Int32?) -> StatusPage? {
        guard let holder else { return nil }
        // A page is written in one call, but a reader may still meet it half written.
        for _ in 0..<3 {
            guard let bytes = try? Files.read(directory + "/status", limit: byteCount) else {
                return nil
            }
            if let page = StatusPage(bytes) { return page.holder == holder ? page : nil }
        }
        return nil
    }
}
