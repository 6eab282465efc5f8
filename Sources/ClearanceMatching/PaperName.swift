public import ClearanceEvents

/// A paper that took part: its subject, and for waybills the life of its number.
public struct PaperName: Sendable, Hashable, Comparable {
    /// The subject as it stands in the log.
    public let subject: [UInt8]
    /// The first day of the life of a waybill number; nil for other papers.
    public let life: CivilDay?

    public init(subject: [UInt8], life: CivilDay? = nil) {
        self.subject = subject
        self.life = life
    }

    /// `subject`, or `subject@DATE` for a waybill.
    public var text: String {
        let base = String(decoding: subject, as: UTF8.self)
        guard let life else { return base }
        return "\(base)@\(life)"
    }

    public static func < (left: PaperName, right: PaperName) -> Bool {
        if left.subject != right.subject {
            return left.subject.lexicographicallyPrecedes(right.subject)
        }
        return (left.life?.number ?? 0) < (right.life?.number ?? 0)
    }
}
