/// A failure of the machine: storage, files, locks. Never a programmer's error and never a
/// business refusal.
///
/// Programmer's errors (a key that is too long, a table of another environment) trap instead.
public struct StoreError: Error, Sendable, Equatable {
    /// What went wrong, as a value that a caller can decide on.
    public let code: Code

    /// What was being attempted, in words for a log line.
    public let what: String

    /// The file or directory concerned; empty when there is none.
    public let path: String

    /// The `errno` (positive) or LMDB code (negative) underneath; 0 when this room decided itself.
    public let underlying: Int32

    /// The process that holds the lock, when `code` is `.lockedByAnotherProcess` and it is known.
    public let holder: Int32?

    /// Describes one failure.
    public init(
        _ code: Code, _ what: String, path: String = "", underlying: Int32 = 0,
        holder: Int32? = nil
    ) {
        self.code = code
        self.what = what
        self.path = path
        self.underlying = underlying
        self.holder = holder
    }
}

extension StoreError: CustomStringConvertible {
    /// One line: the code, what was attempted, where, and the cause.
    public var description: String {
        var line = "\(code): \(what)"
        if !path.isEmpty { line += " [\(path)]" }
        if let holder { line += ", held by process \(holder)" }
        if underlying != 0 { line += ": \(machineMessage(underlying)) (\(underlying))" }
        return line
    }
}

extension StoreError {
    /// The kinds of failure, as a struct so that a later version may add some.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Kind: String {
            case alreadyOpenInProcess, lockedByAnotherProcess, notFound, alreadyExists
            case notADirectory, permissionDenied, readOnly, mapFull, diskFull, corrupted
            case formatMismatch, pageSizeMismatch, endiannessMismatch, readersFull, tablesFull
            case keyOrder, closed, writingEnded, tooLarge, forked, io, invalid
        }

        private let kind: Kind

        private init(_ kind: Kind) { self.kind = kind }

        /// The code's name, as spelled in this type.
        public var description: String { kind.rawValue }

        /// This process already has the directory open.
        public static let alreadyOpenInProcess = Code(.alreadyOpenInProcess)
        /// Another holder has the lock; its process id is in `holder` when it could be read.
        public static let lockedByAnotherProcess = Code(.lockedByAnotherProcess)
        /// The file, directory or table does not exist.
        public static let notFound = Code(.notFound)
        /// Something of that name exists already.
        public static let alreadyExists = Code(.alreadyExists)
        /// A directory was expected and something else is there.
        public static let notADirectory = Code(.notADirectory)
        /// The operating system refuses access.
        public static let permissionDenied = Code(.permissionDenied)
        /// A write to something that was opened, or is mounted, for reading only.
        public static let readOnly = Code(.readOnly)
        /// The file needs more address space than was reserved; nothing was written.
        public static let mapFull = Code(.mapFull)
        /// The device or quota has no space left; the transaction is not there.
        public static let diskFull = Code(.diskFull)
        /// The bytes on disk contradict themselves.
        public static let corrupted = Code(.corrupted)
        /// The files are not of the format version that was asked for.
        public static let formatMismatch = Code(.formatMismatch)
        /// The files were written with another page size than this machine's.
        public static let pageSizeMismatch = Code(.pageSizeMismatch)
        /// The files were written on a machine of the other byte order.
        public static let endiannessMismatch = Code(.endiannessMismatch)
        /// All reader slots are taken.
        public static let readersFull = Code(.readersFull)
        /// More named tables than `StoreOptions.maxTables`.
        public static let tablesFull = Code(.tablesFull)
        /// An append whose key is not above the table's last key.
        public static let keyOrder = Code(.keyOrder)
        /// The environment was closed.
        public static let closed = Code(.closed)
        /// A flush failed earlier: nothing more is written until the environment is reopened.
        public static let writingEnded = Code(.writingEnded)
        /// A file is larger than the limit that the caller named.
        public static let tooLarge = Code(.tooLarge)
        /// Used in a forked child of the process that opened it.
        public static let forked = Code(.forked)
        /// Any other input or output error.
        public static let io = Code(.io)
        /// The machine refused the call as it was made.
        public static let invalid = Code(.invalid)
    }
}
