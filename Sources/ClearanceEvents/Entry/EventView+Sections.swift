extension EventView {
    /// Calls `body` with every mark, in the order of the field numbers, until it says no. Damaged
    /// marks end the walk. Cost: a few nanoseconds a mark.
    public func forEachMark(
        _ body: (_ field: UInt16, _ way: MarkNormalisation, _ mark: Digest16) -> Bool
    ) {
        var reader = ByteReader(trailer)
        guard (try? EventView.skipSections(&reader)) != nil, let count = try? reader.varint() else {
            return
        }
        for _ in 0..<count {
            guard let number = try? reader.varint(), number <= 0xFFFF,
                let raw = try? reader.byte(), let way = MarkNormalisation(rawValue: raw),
                let high = try? reader.uint64(), let low = try? reader.uint64()
            else { return }
            guard body(UInt16(number), way, Digest16(high: high, low: low)) else { return }
        }
    }

    /// Calls `body` with every section: its kind, its suite and its content.
    public func forEachSection(
        _ body: (_ section: Section, _ suite: UInt8, _ content: Span<UInt8>) -> Void
    ) {
        var reader = ByteReader(trailer)
        guard let count = try? reader.byte() else { return }
        for _ in 0..<count {
            guard let kind = try? reader.byte(), let section = Section(rawValue: kind),
                let suite = try? reader.byte(), let content = try? reader.counted()
            else { return }
            body(section, suite, content)
        }
    }

    /// The slot number of a section's key; nil when the section is in clear or is not there.
    public func slot(of wanted: Section) -> UInt64? {
        var slot: UInt64?
        forEachSection { section, suite, content in
            guard section == wanted, suite == SectionSuite.aes256gcm else { return }
            var reader = ByteReader(content)
            slot = try? reader.uint64()
        }
        return slot
    }

    @_lifetime(reader: copy reader)
    private static func skipSections(_ reader: inout ByteReader) throws(DecodingError) {
        for _ in 0..<(try reader.byte()) {
            _ = try reader.uint16()
            _ = try reader.counted()
        }
    }
}
