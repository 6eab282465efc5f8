extension Consignments {
    /// How a subject ties the event that names it.
    enum Mode {
        /// The event is about the thing: a list's own names are joined, an order is concerned.
        case about
        /// The event is the thing's own paper or receipt: every name is joined.
        case own
        /// The event only refers to the thing.
        case refers
    }

    static let orderSpace: StaticString = "order"
    static let declarationSpace: StaticString = "declaration"
    static let preSpace: StaticString = "pre"
    static let listSpace: StaticString = "list"
    static let waybillSpace: StaticString = "waybill"
    static let paymentSpace: StaticString = "payment"
    static let cancelSpace: StaticString = "cancel"
    static let returnSpace: StaticString = "return"
    static let taxSpace: StaticString = "tax"
    static let summarySpace: StaticString = "summary"
    static let sumSpace: StaticString = "sum"
    static let entrySpace: StaticString = "entry"
    static let billSpace: StaticString = "bill"
    static let otherSpace: StaticString = "thing"

    /// Ties the event to what a subject names; unknown schemes tie nothing.
    static func tie(subject: Span<UInt8>, mode: Mode, into sink: inout LinkSink) {
        let colon = LinkScan.index(of: 0x3A, in: subject)
        guard colon < subject.count else { return }
        let scheme = subject.extracting(0..<colon)
        let rest = subject.extracting((colon + 1)..<subject.count)
        let slash = LinkScan.index(of: 0x2F, in: rest)
        let first = rest.extracting(0..<slash)
        guard slash < rest.count else {
            return tieOne(scheme, first, subject: subject, mode: mode, into: &sink)
        }
        let tail = rest.extracting((slash + 1)..<rest.count)
        let second = tail.extracting(0..<LinkScan.index(of: 0x2F, in: tail))
        tieTwo(scheme, first, second, subject: subject, mode: mode, into: &sink)
    }

    private static func tieOne(
        _ scheme: Span<UInt8>, _ name: Span<UInt8>, subject: Span<UInt8>, mode: Mode,
        into sink: inout LinkSink
    ) {
        if LinkScan.equals(scheme, "list") {
            bind(LinkScan.encodedKey(listSpace, name), isJoined: mode != .refers, into: &sink)
        } else if LinkScan.equals(scheme, "pre") {
            bind(LinkScan.encodedKey(preSpace, name), isJoined: mode != .refers, into: &sink)
        } else if LinkScan.equals(scheme, "tax") {
            via(LinkScan.encodedKey(taxSpace, name), into: &sink)
        } else if LinkScan.equals(scheme, "customsEntry") {
            via(LinkScan.encodedKey(entrySpace, name), into: &sink)
        } else if LinkScan.equals(scheme, "bill") {
            via(LinkScan.encodedKey(billSpace, name), into: &sink)
        } else if LinkScan.equals(scheme, "bonded") || LinkScan.equals(scheme, "gatepass")
            || LinkScan.equals(scheme, "transit") || LinkScan.equals(scheme, "refund")
            || LinkScan.equals(scheme, "risk")
        {
            sink.via(LinkKey.of(otherSpace, subject))
        }
    }

    private static func tieTwo(
        _ scheme: Span<UInt8>, _ first: Span<UInt8>, _ second: Span<UInt8>,
        subject: Span<UInt8>, mode: Mode, into sink: inout LinkSink
    ) {
        if LinkScan.equals(scheme, "order") || LinkScan.equals(scheme, "proceeds") {
            bind(LinkScan.encodedKey(orderSpace, second), isJoined: mode == .own, into: &sink)
        } else if LinkScan.equals(scheme, "declaration") {
            if second.count > 0 && second[0] == 0x7E {
                let number = second.extracting(1..<second.count)
                bind(LinkScan.encodedKey(orderSpace, number), isJoined: mode == .own, into: &sink)
            } else {
                bind(
                    LinkScan.encodedKey(declarationSpace, first, second),
                    isJoined: mode != .refers, into: &sink)
            }
        } else if LinkScan.equals(scheme, "waybill") {
            // A question may name one life of the number; links know the number alone.
            let number = second.extracting(0..<LinkScan.index(of: 0x40, in: second))
            via(LinkScan.encodedKey(waybillSpace, first, number), into: &sink)
        } else if LinkScan.equals(scheme, "payment") {
            via(LinkScan.encodedKey(paymentSpace, first, second), into: &sink)
        } else if LinkScan.equals(scheme, "cancel") {
            tieRequest(cancelSpace, first, second, into: &sink)
        } else if LinkScan.equals(scheme, "return") {
            tieRequest(returnSpace, first, second, into: &sink)
        } else if LinkScan.equals(scheme, "summary") {
            if second.count > 0 && second[0] == 0x7E {
                let number = second.extracting(1..<second.count)
                via(LinkScan.encodedKey(sumSpace, number), into: &sink)
            } else {
                via(LinkScan.encodedKey(summarySpace, first, second), into: &sink)
            }
        } else if LinkScan.equals(scheme, "manifest") || LinkScan.equals(scheme, "arrival")
            || LinkScan.equals(scheme, "departure") || LinkScan.equals(scheme, "settlement")
        {
            sink.via(LinkKey.of(otherSpace, subject))
        }
    }

    /// A request without a number of its own bears that of the list that it is about.
    private static func tieRequest(
        _ space: StaticString, _ first: Span<UInt8>, _ second: Span<UInt8>,
        into sink: inout LinkSink
    ) {
        if second.count > 0 && second[0] == 0x7E {
            let number = second.extracting(1..<second.count)
            concerns(LinkScan.encodedKey(listSpace, number), into: &sink)
        } else {
            via(LinkScan.encodedKey(space, first, second), into: &sink)
        }
    }

    static func bind(_ key: Digest16?, isJoined: Bool, into sink: inout LinkSink) {
        guard let key else { return }
        if isJoined { sink.joins(key) } else { sink.concerns(key) }
    }

    static func via(_ key: Digest16?, into sink: inout LinkSink) {
        if let key { sink.via(key) }
    }

    static func concerns(_ key: Digest16?, into sink: inout LinkSink) {
        if let key { sink.concerns(key) }
    }
}
