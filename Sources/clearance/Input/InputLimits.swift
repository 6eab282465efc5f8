/// The named limits of reading many inputs at once, each with its reason. Together they keep the
/// memory of reading below 200 MiB, whatever the inputs are.
struct InputLimits: Sendable, Equatable {
    /// Bytes of one piece of a file: a thousand documents, so that taking one costs nothing beside
    /// reading it, and small enough that the second core gets its share of a small file too.
    var pieceBytes = 1 << 20
    /// Bytes that a reader is handed at once: what a parser holds beside its input stays small.
    var stepBytes = 1 << 18
    /// Files that are begun but not yet taken, in their order: as many as one durable batch may
    /// need when each holds a single document.
    var filesInFlight = 8_192
    /// Bytes that are parsed and wait to be taken: two durable batches ahead of the writer.
    var bytesInFlight = 32 << 20
    /// Documents of one portion: an eighth of a durable batch, so that batches are nearly full.
    var portionEvents = 1_024
    /// Bytes of one portion, refused texts included: bounds what one piece may grow to.
    var portionBytes = 1 << 20

    /// Threads that may be asked for: more than any machine that runs this has cores to spare.
    static let jobs = 256
}
