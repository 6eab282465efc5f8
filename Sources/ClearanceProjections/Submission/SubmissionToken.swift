/// Short digests of names inside one row: 64 bits that are compared and never printed.
///
/// Why not the keyed function of link keys: a row holds the names of one thing, a few at most, and
/// every list needs ten of them. Cost: one product for eight bytes.
enum SubmissionToken {
    /// The digest of a subject: that of its scheme and of what stands behind the colon.
    static func subject(_ text: Span<UInt8>) -> UInt64 {
        var colon = 0
        while colon < text.count, text[colon] != UInt8(ascii: ":") { colon += 1 }
        guard colon < text.count else { return of(0, text) }
        let scheme = of(0, text.extracting(0..<colon))
        return of(scheme, text.extracting((colon + 1)..<text.count))
    }

    /// The digest of a subject with a scheme given by its digest; 0 for an empty number.
    static func number(_ scheme: UInt64, _ number: Span<UInt8>) -> UInt64 {
        number.count == 0 ? 0 : of(scheme, number)
    }

    /// The digest of a scheme.
    static func scheme(_ word: StaticString) -> UInt64 {
        of(0, Array(word.description.utf8).span)
    }

    /// The digest of a text behind another digest; never 0.
    static func of(_ seed: UInt64, _ text: Span<UInt8>) -> UInt64 {
        var hash = seed ^ UInt64(text.count) &* 0x9E37_79B9_7F4A_7C15
        var index = 0
        while index < text.count {
            let end = min(index + 8, text.count)
            var word: UInt64 = 0
            for place in index..<end { word = word << 8 | UInt64(text[place]) }
            hash = (hash ^ word) &* 0xBF58_476D_1CE4_E5B9
            hash ^= hash >> 29
            index = end
        }
        hash &*= 0x94D0_49BB_1331_11EB
        return (hash ^ (hash >> 32)) | 1
    }
}
