import ClearanceEvents
import Testing

@Suite("Links of an event")
struct LinkSinkTests {
    @Test("Each tie is kept once and in its order, however many there are")
    func once() {
        var sink = LinkSink()
        for round in 0..<2 {
            for count in [3, 500] {
                for index in 0..<count {
                    sink.joins(Digest16(high: UInt64(index % 100), low: 7))
                    sink.via(Digest16(high: UInt64(index % 90), low: 7))
                }
                let distinct = min(count, 100)
                let joins = sink.links.filter { $0.role == .joins }
                #expect(joins.map(\.key.high) == (0..<UInt64(distinct)).map { $0 }, "\(round)")
                #expect(sink.links.count == distinct + min(count, 90))
            }
            sink.clear()
            #expect(sink.links.isEmpty)
        }
    }
}
