/// One epoch of a ledger's log, as `clearance epoch` lists it.
public struct EpochInfo: Sendable, Equatable {
    /// What may be done with an epoch.
    public enum State: String, Sendable {
        /// Appends go here.
        case live
        /// Ended, and not yet closed.
        case full
        /// Rewritten, write-protected, with a closing record.
        case closed
    }

    /// Counts the epochs from 1.
    public let number: Int
    /// What may be done with it.
    public let state: State
    /// The position of its first entry, or of the one that will be.
    public let first: UInt64
    /// The position of its last entry; the one before `first` when there is none.
    public let last: UInt64
    /// Bytes of its data file; nil while its folder is away.
    public let bytes: Int?
    /// The directory where it lies.
    public let directory: String

    /// Whether there is nothing where it lies, as while the folder that it was moved to is not
    /// mounted: its entries cannot be read, those of the others can.
    public var isAway: Bool { bytes == nil }
}

extension EpochManifest.State {
    /// The state as it is told outside.
    var told: EpochInfo.State {
        switch self {
        case .live: .live
        case .full: .full
        case .closed: .closed
        }
    }
}
