import ClearanceEvents
import ClearanceStore

extension Ledger {
    private static let saltBytes = 16

    /// A free text sealed for a file that waits beside the log until it is taken in: hexadecimal
    /// digits of a random salt, the ciphertext and its tag.
    ///
    /// The key is made of the index key and the salt, so whoever may read the ledger's keys can
    /// open it, a process that only reads can make it, and no file holds the text. Source:
    /// `specs/personal.md`, disclosures. Throws when the index key cannot be read.
    public func sealedForTrail(_ text: String) throws(LedgerError) -> String {
        let salt = SecureRandom.bytes(Ledger.saltBytes)
        let key = try trailKey(salt)
        let plain = Array(text.utf8)
        var sealed = salt
        AES256GCM().seal(plain.span, key: key.span, context: salt.span, into: &sealed)
        return sealed.hexadecimal
    }

    /// The text that ``sealedForTrail(_:)`` sealed; nil when it was changed or sealed under another
    /// index key.
    public func openedFromTrail(_ sealed: String) throws(LedgerError) -> String? {
        guard let bytes = [UInt8](hexadecimal: sealed), bytes.count > Ledger.saltBytes else {
            return nil
        }
        let salt = Array(bytes[..<Ledger.saltBytes])
        let content = Array(bytes[Ledger.saltBytes...])
        let key = try trailKey(salt)
        var plain: [UInt8] = []
        let isOpen = AES256GCM().open(
            content.span, key: key.span, context: salt.span, into: &plain)
        return isOpen ? String(validating: plain, as: UTF8.self) : nil
    }

    /// SHA-256 of a name, the index key and the salt: a key for one text, as GCM needs it.
    private func trailKey(_ salt: [UInt8]) throws(LedgerError) -> [UInt8] {
        var key = options.indexKey ?? []
        if key.isEmpty {
            key = try storing { () throws(StoreError) in
                try Files.read(directory + "/keys/index.key", limit: 64)
            }
        }
        let named = Array("clearance trail 1\n".utf8) + key + salt
        return SHA256Hash.of(named.span).bytes
    }
}
