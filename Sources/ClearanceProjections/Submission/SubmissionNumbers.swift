/// Customs' numbers of processing exceptions, as far as they tell the outcome of a submission.
///
/// Source: 202205 specification, table 7-2; the texts are customs' own without their blanks.
enum SubmissionNumbers {
    private struct Row: Sendable {
        let number: Int
        let paper: SubmissionPaper
        let kind: SubmissionOutcome.Kind
        let zh: String
        let en: String

        init(
            _ number: Int, _ paper: SubmissionPaper, _ kind: SubmissionOutcome.Kind,
            _ zh: String, _ en: String
        ) {
            self.number = number
            self.paper = paper
            self.kind = kind
            self.zh = zh
            self.en = en
        }
    }

    /// The number that customs gives for an outcome; nil when the table has none.
    static func number(_ kind: SubmissionOutcome.Kind, _ paper: SubmissionPaper) -> Int? {
        rows.first { $0.kind == kind && $0.paper == paper }?.number
    }

    /// What a number means; nil for one that tells no outcome of this page.
    static func kind(_ number: Int) -> SubmissionOutcome.Kind? {
        rows.first { $0.number == number }?.kind
    }

    /// The words of a number.
    static func text(_ number: Int) -> (zh: String, en: String)? {
        rows.first { $0.number == number }.map { ($0.zh, $0.en) }
    }

    private static let rows: [Row] = papers + lists + requests + parts

    private static let papers: [Row] = [
        Row(
            -301_009, .order, .unknown, "订单标识(appType)不正确,未找到操作的订单",
            "no such order to change or delete"),
        Row(
            -301_010, .order, .alreadyExists, "已存在相同编号的订单",
            "an order with this number exists"),
        Row(
            -301_011, .order, .afterDeclaration, "该订单已向海关申报清单，状态不符",
            "the order's list was declared to customs"),
        Row(
            -301_014, .order, .older, "订单报文处理失败，接收报文为旧报文数据，不做处理",
            "an older message than the stored one"),
        Row(
            -401_006, .payment, .unknown, "支付单标识(appType)不正确,未找到对应操作的支付单",
            "no such payment to change or delete"),
        Row(
            -401_007, .payment, .alreadyExists, "已存在相同编号的支付单",
            "a payment with this number exists"),
        Row(
            -401_008, .payment, .afterDeclaration, "该支付单已向海关申报支付单，状态不符",
            "the payment's list was declared to customs"),
        Row(
            -401_012, .payment, .older, "支付单报文处理失败，接收报文为旧报文数据，不做处理",
            "an older message than the stored one"),
        Row(
            -504_014, .waybill, .unknown, "运单标识(appType)不正确,未找到操作的运单",
            "no such waybill to change or delete"),
        Row(
            -504_015, .waybill, .alreadyExists, "已存在相同编号的运单",
            "a waybill with this number exists"),
        Row(
            -504_016, .waybill, .afterDeclaration, "该运单已向海关申报运单，状态不符",
            "the waybill's list was declared to customs"),
        Row(
            -505_016, .waybill, .older, "物流报文处理失败，接收报文为旧报文数据，不做处理",
            "an older message than the stored one"),
        Row(
            -505_012, .waybillStatus, .alreadyExists, "物流运单状态已存在",
            "this status of the waybill exists"),
        Row(
            -505_014, .waybillStatus, .unknown, "物流运单状态报文处理失败，未找到对应操作",
            "no such status to change or delete"),
        Row(
            -505_016, .waybillStatus, .older, "物流报文处理失败，接收报文为旧报文数据，不做处理",
            "an older message than the stored one"),
    ]

    private static let lists: [Row] = [
        Row(
            -621_004, .list, .alreadyExists, "清单已经申报过，请勿重复申报",
            "the list was declared already"),
        Row(
            -621_011, .list, .unknown, "不存在已申报的清单，无法进行改单操作",
            "no declared list to change or delete"),
        Row(
            -621_012, .list, .stateForbids, "清单的申报状态不符合改单申报的条件",
            "the state of the list allows no change"),
    ]

    private static let requests: [Row] = [
        Row(
            -623_003, .cancelRequest, .listUnknown, "系统中不存在该清单编号的清单！",
            "no list with this number"),
        Row(
            -623_005, .cancelRequest, .stateForbids, "清单的状态不符合撤单申报要求！",
            "the state of the list allows no cancelling"),
        Row(
            -623_009, .cancelRequest, .alreadyCancelled, "撤单清单已经申报过",
            "cancelling the list was requested already"),
        Row(
            -623_009, .cancelRequest, .alreadyExists, "撤单清单已经申报过",
            "cancelling the list was requested already"),
        Row(-623_004, .cancelRequest, .unknown, "查无此数据", "no such request"),
        Row(
            -625_204, .returnRequest, .listUnknown, "未找到退货申请单关联的清单",
            "the list of the return was not found"),
        Row(
            -625_033, .returnRequest, .alreadyExists, "退货申请单已经申报过，请勿重复申报",
            "the return was requested already"),
        Row(-625_016, .returnRequest, .unknown, "查无此数据", "no such request"),
        Row(
            -625_022, .returnRequest, .stateForbids, "退货申请单的申报状态不符合改单申报的条件",
            "the state of the return allows no change"),
        Row(
            -625_209, .returnRequest, .lineUnknown,
            "退货申请单在关联的清单中未找到表体序号和商品编号对应的数据",
            "the list has no line with this number and code"),
        Row(
            -625_001, .returnRequest, .quantityExceeded, "退货申请单报文校验失败，数量超过原清单",
            "more is returned than the list had"),
    ]

    private static let parts: [Row] = [
        Row(-800_003, .arrival, .alreadyExists, "入库明细单报已存在", "the inbound detail exists"),
        Row(
            -800_005, .arrival, .older,
            "入库明细单报文处理失败，接收报文为旧报文数据，不做处理",
            "an older message than the stored one"),
    ]

    /// The words of an outcome without a number.
    static func text(of kind: SubmissionOutcome.Kind) -> (zh: String, en: String) {
        switch kind {
        case .stored: ("电子口岸已暂存", "stored with the e-port")
        case .taken: ("已接收", "taken")
        case .partsMissing: ("拆分报文未收齐", "parts of the message are missing")
        case .alreadyKnown: ("重复报文，内容相同", "known already, same content")
        case .conflict: ("同一业务主键内容不一致", "another content under the same key")
        case .rejected: ("海关退单", "rejected by customs")
        case .unknown: ("未找到要操作的单证", "no such document to change or delete")
        case .alreadyExists: ("已存在相同编号的单证", "a document with this number exists")
        case .afterDeclaration: ("清单已申报，不得变更", "its list was declared to customs")
        case .older: ("接收报文为旧报文数据，不做处理", "an older message than the stored one")
        case .listUnknown: ("所引用的清单不存在", "no such list")
        case .stateForbids: ("状态不符", "the state does not allow it")
        case .alreadyCancelled: ("该清单已申请撤销", "cancelling was requested already")
        case .lineUnknown: ("清单中没有该商品项", "the list has no such line")
        case .quantityExceeded: ("退货数量超过原清单", "more is returned than the list had")
        case .partTwice: ("拆分报文序号重复", "a part came twice")
        case .partsDisagree: ("拆分报文总数不一致", "the parts disagree on their count")
        case .failed: ("处理异常", "customs could not process it")
        }
    }
}
