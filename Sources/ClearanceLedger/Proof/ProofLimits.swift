/// The named limits of trees and proofs, each with its reason.
public enum ProofLimits {
    /// Events of one proof file: what a reader checks in a few seconds.
    public static let events = 10_000
    /// Hashes of one path: more than any tree of 2⁶³ leaves needs.
    public static let path = 64
    /// Bytes of a proof file: it is held in memory whole.
    public static let fileBytes = 64 << 20
    /// Signature lines of a note: room for witnesses.
    public static let signatures = 64
    /// Bytes of a note: 64 signatures of the largest kind would not fit, 64 of ours by far.
    public static let noteBytes = 128 << 10
    /// Bytes of a key file.
    public static let keyFileBytes = 64 << 10
    /// Bytes of the file of checkpoints: some hundred thousand.
    public static let checkpointFileBytes = 256 << 20
    /// Entries of one round of hashing: bounds how long a reader of the log is held.
    static let round = 65_536
    /// How long the tree's thread rests when it has caught up with a log that is written: commits
    /// that come meanwhile wake nobody, and the lag is at most so much longer.
    static let restNanoseconds: UInt64 = 2_000_000
    /// Leaves between two flushes of the hash files: what a crash makes us hash again: a quarter of
    /// a second.
    static let flush: UInt64 = 1_048_576
    /// Tiles held while proofs are made: 16 MiB.
    static let tiles = 2_048
}
