public import ClearanceStore

/// What the machine did not allow, or what was found damaged: never a business refusal.
public struct LedgerError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Which kind of failure; more may come.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Kind: String {
            case store, damaged, notALedger, readOnly, ended, tooLarge, notConditional
            case readersFull, forked, signing, unsealed, powerLost
            case alreadyExists, notFound, notClosed, insideLedger
        }
        private let kind: Kind

        /// The disk, the lock or LMDB failed; see ``LedgerError/store``.
        public static let store = Code(kind: .store)
        /// Bytes of the ledger are not what was written.
        public static let damaged = Code(kind: .damaged)
        /// The directory holds no ledger.
        public static let notALedger = Code(kind: .notALedger)
        /// The ledger was opened for reading only.
        public static let readOnly = Code(kind: .readOnly)
        /// A failed commit ended writing; reopen the ledger to go on.
        public static let ended = Code(kind: .ended)
        /// The machine went down under a ledger without flushes, which was not closed: nobody knows
        /// what of it the disk holds.
        public static let powerLost = Code(kind: .powerLost)
        /// A batch exceeds a named limit of ``LedgerLimits``.
        public static let tooLarge = Code(kind: .tooLarge)

        /// Nobody can be erased: the ledger keeps sections in clear.
        public static let unsealed = Code(kind: .unsealed)
        /// All slots of the reader table are taken; the reader before this one must end first.
        public static let readersFull = Code(kind: .readersFull)
        /// Used in a forked child of the process that opened the ledger.
        public static let forked = Code(kind: .forked)
        /// A signer failed, signed wrongly, or has its key where it must not be.
        public static let signing = Code(kind: .signing)
        /// Something of the name that is to be made is there.
        public static let alreadyExists = Code(kind: .alreadyExists)
        /// There is no such epoch, or nothing was recorded at that position.
        public static let notFound = Code(kind: .notFound)
        /// The epoch is still written, or waits to be closed.
        public static let notClosed = Code(kind: .notClosed)
        /// What is to be written would lie in a ledger, where it could replace a part of it.
        public static let insideLedger = Code(kind: .insideLedger)
        /// A field is none of the references that the ledger keeps for conditions.
        public static let notConditional = Code(kind: .notConditional)

        public var description: String { kind.rawValue }
    }

    public let code: Code
    /// What was being done, and where. Never holds personal data.
    public let what: String
    /// The machine's failure behind it, when there is one.
    public let store: StoreError?

    public init(_ code: Code, _ what: String, store: StoreError? = nil) {
        self.code = code
        self.what = what
        self.store = store
    }

    init(_ error: StoreError) {
        switch error.code {
        case .readersFull: self.init(.readersFull, "no reader slot is free", store: error)
        case .forked: self.init(.forked, "the ledger belongs to another process", store: error)
        default: self.init(.store, "the store failed", store: error)
        }
    }

    /// What a failure to read the entry at a position means: bytes that are not what was written
    /// are damage, with the first position that it affects.
    init(_ error: StoreError, reading position: UInt64) {
        if error.code == .corrupted {
            self.init(.damaged, "position \(position) cannot be read", store: error)
        } else {
            self.init(error)
        }
    }

    public var description: String {
        store.map { "\(code): \(what): \($0)" } ?? "\(code): \(what)"
    }

    /// What went wrong without its place, for who names that beside it.
    var reason: String { store.map { "\($0.what): \($0.code)" } ?? what }
}

/// Runs store work and turns its error into the ledger's.
func storing<R>(_ body: () throws(StoreError) -> R) throws(LedgerError) -> R {
    do { return try body() } catch { throw LedgerError(error) }
}
