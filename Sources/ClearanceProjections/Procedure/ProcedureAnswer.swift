import ClearanceEvents

/// What `show procedure` says of a consignment; all texts are codes or RFC 3339 in Beijing time.
public struct ProcedureAnswer: Sendable, Equatable, Encodable {
    /// One step of a list with its time.
    public struct Step: Sendable, Equatable, Encodable {
        public let type: String
        public let time: String
        /// The positions of the events; empty when the caller gave none.
        public let positions: [UInt64]
    }

    /// One broken rule.
    public struct BrokenRule: Sendable, Equatable, Encodable {
        public let code: String
        public let severity: String
        public let about: String
        public let time: String
        public let positions: [UInt64]
        public let message: [String: String]
    }

    /// One attempt to declare the list.
    public struct Attempt: Sendable, Equatable, Encodable {
        public let state: String
        public let phase: String
        public let holds: [String]
        /// `copNo` (with agent), `preNo`, `invtNo` and every code of the paper that is there.
        public let identifiers: [String: String]
        public let direction: String?
        public let isLive: Bool
        public let hasPaper: Bool
        public let steps: [Step]
        public let conclusions: [String]
    }

    /// A return request of the list.
    public struct Return: Sendable, Equatable, Encodable {
        public let subject: String
        public let list: String
        public let phase: String
        public let requested: String?
        public let accepted: String?
        public let arrived: String?
        /// gnum → quantity that was asked for.
        public let quantities: [String: String]
        public let arrivedQuantities: [String: String]
        /// The last days for the request and for the arrival; nil without a release.
        public let requestBy: String?
        public let arriveBy: String?
    }

    /// A tax bill of the list.
    public struct Tax: Sendable, Equatable, Encodable {
        public let subject: String
        public let list: String
        public let phase: String
        public let dutyNo: String?
        public let customsTax: String?
        public let valueAddedTax: String?
        public let consumptionTax: String?
        public let total: String?
        public let paid: String?
        /// The days between which it is due; nil without a release.
        public let dueFrom: String?
        public let dueBy: String?
        /// Whether it was unpaid at the end of ``dueBy`` on the day asked.
        public let overdue: Bool
    }

    public let state: String
    public let attempts: [Attempt]
    /// First times of the goods: `arrived`, `departed`, `delivered`.
    public let goods: [String: String]
    public let returns: [Return]
    public let taxes: [Tax]
    public let findings: [BrokenRule]
}
