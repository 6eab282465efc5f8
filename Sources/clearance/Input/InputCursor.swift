import ClearanceInterchange
import ClearanceStore
import Foundation

/// The place in an input up to which it was read; hashes what it reads.
struct InputCursor: Sendable {
    /// Some bytes of an input, and what stands before them.
    struct Piece {
        var bytes: [UInt8]
        /// Whether the input goes on behind it.
        let hasMore: Bool
        /// Whether nothing is left over from it: it ends with a line feed or with the input.
        let isWhole: Bool
        /// The lines before it; only counted by ``nextLines()``.
        var before = LineCount()
    }

    private let path: String
    private let handle: FileHandle
    private let pieceBytes: Int
    /// Whether somebody may still be writing it, line by line.
    private let isLive: Bool
    private var hash = SHA256Hash()
    private var rest: [UInt8] = []
    private var count = LineCount()
    private var hasMore = true
    /// The bytes that were read.
    private(set) var bytes = 0

    /// Opens an input. Throws when the machine does not let it be read.
    init(_ input: InputFiles.Input, pieceBytes: Int) throws {
        path = input.path
        self.pieceBytes = pieceBytes
        isLive = !input.isRegular
        handle = try input.open()
    }

    /// What was read from the start on, as SHA-256; of the whole input when nothing follows.
    var digest: String { hash.value.hexadecimal }

    /// The next piece, cut behind its last line feed when it has one; nil at the end.
    ///
    /// Of a live input it is what whole lines are there, as soon as there is one.
    mutating func next() throws -> Piece? {
        guard hasMore || !rest.isEmpty else { return nil }
        var piece = rest
        rest = []
        let wanted = piece.count + pieceBytes
        while hasMore, piece.count < wanted {
            let data = try read(wanted - piece.count)
            guard !data.isEmpty else {
                hasMore = false
                break
            }
            hash.update(data.span)
            bytes += data.count
            piece.append(contentsOf: data)
            if isLive && data.contains(10) { break }
        }
        guard hasMore, let last = piece.lastIndex(of: 10) else {
            return piece.isEmpty ? nil : Piece(bytes: piece, hasMore: hasMore, isWhole: !hasMore)
        }
        rest = Array(piece[(last + 1)...])
        piece.removeLast(rest.count)
        return Piece(bytes: piece, hasMore: true, isWhole: true)
    }

    /// At most so many bytes; none at the end.
    private func read(_ count: Int) throws -> Data {
        do {
            if isLive {
                let descriptor = handle.fileDescriptor
                return Data(try LiveInput.read(descriptor, upTo: count, path: path))
            }
            return try handle.read(upToCount: count) ?? Data()
        } catch { throw MachineFailure(path, error) }
    }

    /// The next piece of a file that is read line by line, with what stands before it.
    mutating func nextLines() throws -> Piece? {
        guard var piece = try next() else { return nil }
        piece.before = count
        if piece.isWhole, piece.hasMore { count.add(piece.bytes.span) }
        return piece
    }

    /// Counts the lines of the first piece, once it is known that the file is read line by line.
    mutating func pass(_ piece: Piece) { count.add(piece.bytes.span) }

    /// The SHA-256 of a whole file. Cost: reading it.
    static func digest(of input: InputFiles.Input, pieceBytes: Int) throws -> String {
        let handle = try input.open()
        var hash = SHA256Hash()
        while true {
            let data: Data?
            do { data = try handle.read(upToCount: pieceBytes) } catch {
                throw MachineFailure(input.path, error)
            }
            guard let data, !data.isEmpty else { return hash.value.hexadecimal }
            hash.update(data.span)
        }
    }
}
