public import ClearanceEvents

/// Events whose entries have about 200 bytes: taxes paid, each about a payment document of its own.
///
/// Made by number, so that any part of a long history can be made again.
public enum SmallEvents {
    /// Bytes of an entry of these events.
    public static let entryBytes = 197

    /// The fields that a reader sums.
    public static let amount = Catalogue.field("taxSettlement.amount")
    public static let lateFee = Catalogue.field("taxSettlement.lateFee")
    public static let paidOn = Catalogue.field("taxSettlement.paidOn")
    public static let dutyNumber = Catalogue.field("taxSettlement.entDutyNo")
    public static let currency = Catalogue.field("taxSettlement.currency")

    /// The events with the numbers of a range.
    public static func make(_ numbers: Range<Int>) -> [Event] { numbers.map(event) }

    private static func event(_ number: Int) -> Event {
        let digits = digits(number, 12)
        var event = Event(
            "settle.taxPaid", subject: "tax:531620260000\(digits)",
            time: Instant(microseconds: 1_767_225_600_000_000 + Int64(number) * 1_000),
            source: "urn:clearance:bench:tax:port-5316", id: "tax-2026-\(digits)")
        event.data["entDutyNo"] = .text("ED5316\(digits)")
        event.data["amount"] = .text("\(number % 90_000 + 10_000).\(number % 90 + 10)")
        event.data["currency"] = .text("142")
        event.data["lateFee"] = .text("\(number % 9 + 1).\(number % 90 + 10)")
        event.data["paidOn"] = .text("2026-01-\(number % 19 + 10)")
        return event
    }

    private static func digits(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
