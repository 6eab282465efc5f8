import Foundation

/// What a run did to its files, in order, as the shim wrote it down (`Tests/Faults/faultshim.c`).
struct Journal: Sendable {
    /// The kinds of records; the numbers are the shim's.
    enum Operation: UInt8, Sendable {
        case create = 1
        case write, truncate, syncBegin, syncEnd, rename, unlink, makeDirectory, link
        case removeDirectory, announce, mapped, root
    }

    /// One call, or one announcement.
    struct Record: Sendable {
        let operation: Operation
        /// Whether a write was made through a descriptor that flushes it (`O_DSYNC`).
        let isFlushed: Bool
        /// The `errno` of a flush; 0 when it succeeded.
        let result: Int32
        let inode: UInt64
        let offset: Int
        let length: Int
        let payload: Data

        /// The payload as one or two names.
        var names: [String] {
            payload.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        }

        var text: String { String(decoding: payload, as: UTF8.self) }
    }

    let records: [Record]

    private static let headerBytes = 40
    private static let magic: UInt64 = 0x314A_4646

    init(file: URL) throws {
        let data = try Data(contentsOf: file)
        var found: [Record] = []
        var place = 0
        while place + Journal.headerBytes <= data.count {
            let header = data[place..<(place + Journal.headerBytes)]
            let payload = Int(Journal.number(header, 8, 4))
            let start = place + Journal.headerBytes
            guard Journal.number(header, 0, 4) == Journal.magic,
                let operation = Operation(rawValue: header[place + 4]),
                start + payload <= data.count
            else { throw CocoaError(.fileReadCorruptFile) }
            found.append(
                Record(
                    operation: operation, isFlushed: header[place + 5] != 0,
                    result: Int32(truncatingIfNeeded: Journal.number(header, 12, 4)),
                    inode: Journal.number(header, 16, 8),
                    offset: Int(truncatingIfNeeded: Journal.number(header, 24, 8)),
                    length: Int(truncatingIfNeeded: Journal.number(header, 32, 8)),
                    payload: data[start..<(start + payload)]))
            place = start + payload
        }
        records = found
    }

    private static func number(_ bytes: Data, _ offset: Int, _ count: Int) -> UInt64 {
        (0..<count).reduce(0) {
            $0 | UInt64(bytes[bytes.startIndex + offset + $1]) << UInt64(8 * $1)
        }
    }

    /// Calls that the shim counts: how many of these kinds (see `FAULT_KINDS`).
    func count(of kinds: String) -> Int {
        var folders: Set<UInt64> = []
        var count = 0
        for record in records {
            let kind: Character
            switch record.operation {
            case .makeDirectory, .root:
                folders.insert(record.inode)
                kind = record.operation == .root ? "-" : "n"
            case .create, .rename, .unlink, .link, .removeDirectory: kind = "n"
            case .write: kind = "w"
            case .truncate: kind = "t"
            case .syncBegin: kind = folders.contains(record.inode) ? "d" : "s"
            default: kind = "-"
            }
            if kinds.contains(kind) { count += 1 }
        }
        return count
    }
}
