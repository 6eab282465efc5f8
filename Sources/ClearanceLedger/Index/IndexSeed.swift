import ClearanceEvents
import ClearanceStore

/// How keys become records of the index: 64 bits of a key and 24 bits more, under a secret.
///
/// Without the secret nobody can make keys that crowd one place of a table. It follows from the
/// ledger's index key, so that an index is made again as it was.
struct IndexSeed: Sendable {
    private let secret: Digest16
    /// Tells runs that another seed, other references or another version made.
    let maker: UInt64

    /// Raised when records mean something else; older runs are then made anew.
    private static let version: UInt64 = 1

    init(indexKey: SipKey, references: [String]) {
        var hash = SipHash128(key: indexKey)
        hash.feed("fact index")
        secret = hash.finish()
        var making = SipHash128(key: indexKey)
        making.feed(IndexSeed.version)
        for name in references {
            making.feed(UInt64(name.utf8.count))
            making.feed(name)
        }
        maker = making.finish().low
    }

    /// The first 64 bits: both halves of the key go into every bit.
    @inline(__always)
    func prefix(_ key: Digest16) -> UInt64 {
        let product = (key.high ^ secret.high).multipliedFullWidth(by: key.low ^ secret.low)
        return product.high ^ product.low
    }

    /// The record of a fact: what it says, told by 24 bits of the content mark, spares reading
    /// entries of the same key with other content.
    @inline(__always)
    func tag(of identity: EntryIdentity) -> UInt64 {
        identity.content.low & PrefixRecord.tagMask
    }

    /// 24 bits more of the key of a stream: keys of heads are told apart by 88 bits.
    @inline(__always)
    func tag(ofHead key: Digest16) -> UInt64 { key.low & PrefixRecord.tagMask }
}
