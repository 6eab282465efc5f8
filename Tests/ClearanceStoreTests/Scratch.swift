import ClearanceStore
import Glibc

/// A directory of its own for one test, removed with everything in it at the end.
final class Scratch: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/clearance-store-XXXXXX".utf8CString)
        path = unsafe template.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress, let made = unsafe mkdtemp(base) else {
                return ""
            }
            return unsafe String(cString: made)
        }
        guard !path.isEmpty else { throw StoreError(.io, "make a scratch directory") }
    }

    deinit { try? Files.removeTree(path) }

    func file(_ name: String) -> String { path + "/" + name }

    /// An environment in a directory of this scratch.
    func environment(
        _ name: String = "env", format: UInt32 = 1, mapSize: Int = 32 << 20,
        maxReaders: Int = StoreOptions.defaultMaxReaders, readOnly: Bool = false
    ) throws(StoreError) -> Environment {
        try Environment(
            directory: file(name), format: format,
            options: StoreOptions(
                mapSize: mapSize, maxTables: 4, maxReaders: maxReaders, readOnly: readOnly))
    }
}

/// The error that an action throws; nil when it throws none.
func storeError(_ action: () throws(StoreError) -> Void) -> StoreError? {
    do throws(StoreError) {
        try action()
        return nil
    } catch {
        return error
    }
}

/// The bytes of a text.
func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

extension Array<UInt8> {
    /// Copies what was lent.
    init(_ span: Span<UInt8>) {
        self = span.indices.map { span[$0] }
    }
}

extension WriteTransaction {
    mutating func put(_ table: Table, _ key: String, _ value: String) throws(StoreError) {
        try put(in: table, key: bytes(key).span, value: bytes(value).span)
    }
}

extension ReadableTransaction where Self: ~Copyable {
    func text(_ table: Table, _ key: String) throws(StoreError) -> String? {
        try value(in: table, key: bytes(key).span).map { String(decoding: $0, as: UTF8.self) }
    }
}

extension Environment {
    /// Writes some rows in one commit.
    func fill(_ table: Table, _ rows: [(String, String)]) throws(StoreError) {
        var transaction = try beginWrite()
        for (key, value) in rows { try transaction.put(table, key, value) }
        try transaction.commit()
    }
}
