/// The kinds of document that an enterprise hands to customs and customs answers
/// (`specs/papers.md`, submission outcomes).
///
/// The numbers stand in rows and never change. They are also the order in which documents of one
/// instant are taken: papers before lists, lists before what is asked about them.
public enum SubmissionPaper: UInt8, Sendable, CaseIterable {
    /// 电子订单: CEB311, CEB303.
    case order = 1
    /// 支付凭证: CEB411.
    case payment = 2
    /// 电子运单: CEB511, CEB505.
    case waybill = 3
    /// 运单状态: CEB513.
    case waybillStatus = 4
    /// 收款单: CEB403.
    case proceeds = 5
    /// 申报清单: CEB621, CEB603.
    case list = 6
    /// 撤销申请单: CEB623, CEB605.
    case cancelRequest = 7
    /// 退货申请单: CEB625, CEB213.
    case returnRequest = 8
    /// 退货理货单: CEB215.
    case returnTally = 9
    /// 入库明细单 and 运抵单: CEB711, CEB507.
    case arrival = 10
    /// 离境单: CEB509.
    case departure = 11
    /// 清单总分单: CEB607.
    case manifest = 12
    /// 汇总申请单: CEB701.
    case summary = 13

    /// The name in answers.
    public var name: String { "\(self)" }

    /// Whether a paper may not change once a list that names it is declared.
    var isBoundByList: Bool { self == .order || self == .payment || self == .waybill }

    /// Whether customs' acceptance ends the time in which the document may change.
    var isFixedByAcceptance: Bool {
        self == .list || self == .cancelRequest || self == .returnRequest
    }
}

/// What an enterprise wants done with a document: its `appStatus` and `appType`.
public enum SubmissionVerb: UInt8, Sendable, Comparable {
    /// 暂存, appStatus 1.
    case draft = 0
    /// 新增, appType 1.
    case new = 1
    /// 变更, appType 2.
    case change = 2
    /// 删除, appType 3.
    case delete = 3

    /// The name in answers.
    public var name: String { "\(self)" }

    public static func < (left: SubmissionVerb, right: SubmissionVerb) -> Bool {
        left.rawValue < right.rawValue
    }
}
