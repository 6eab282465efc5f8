extension Finding {
    /// The finding in words.
    public var message: (zh: String, en: String) { Finding.texts(of: code) }

    private static func texts(of code: Code) -> (zh: String, en: String) {
        switch code {
        case .releaseWithoutAcceptance: ("未入库即放行", "released without acceptance")
        case .releaseDuringInspection: ("查验未结束即放行", "released during an inspection")
        case .releaseWhileHeld: ("扣留或挂起期间放行", "released while held")
        case .secondRelease: ("重复放行", "released a second time")
        case .closingWithoutRelease: ("未放行即结关", "closed without a release")
        case .eventAfterCancellation: ("撤销后仍有后续事件", "something was said after cancellation")
        case .cancelAfterRelease: ("放行后撤销", "cancelled after release")
        case .cancelledTwice: ("同一清单两次申请撤销", "two cancel requests for one list")
        case .duplicateDeclaration: ("重复申报", "declared again while the first stands")
        case .acceptanceAfterRejection: ("退单后入库", "accepted after rejection")
        case .rejectionAfterRelease: ("放行后退单", "rejected after release")
        case .reviewWithoutAcceptance: ("未入库即审核", "reviewed without acceptance")
        case .conclusionWithoutInspection: ("无查验指令的查验结论", "a conclusion without inspection")
        case .inspectionAfterRelease: ("放行后查验", "inspected after release")
        case .detainedAfterRelease: ("放行后扣留", "detained after release")
        case .suspendedAfterRelease: ("放行后挂起", "suspended after release")
        case .turnedBackAfterRelease: ("放行后退运", "turned back after release")
        default: laterTexts(of: code)
        }
    }

    private static func laterTexts(of code: Code) -> (zh: String, en: String) {
        switch code {
        case .amendedAfterAcceptance: ("入库后修改", "amended after acceptance")
        case .withdrawnAfterAcceptance: ("入库后删除", "withdrawn after acceptance")
        case .changeDuringInspection: ("查验期间修改", "amended during an inspection")
        case .returnWithoutRelease: ("未放行即退货", "returned without a release")
        case .returnExceedsReleased: ("退货数量超过放行数量", "more returned than released")
        case .lateReturnRequest: ("超过三十日申请退货", "return requested after day 30")
        case .lateReturnArrival: ("超过四十五日退货入区", "return arrived after day 45")
        case .arrivalWithoutAcceptance: ("退货未经审核即入区", "return arrived before its acceptance")
        case .earlyPayment: ("放行后三十日内缴税", "tax paid before day 31")
        case .taxAfterVoid: ("税单作废后仍有变动", "a void tax bill moved")
        case .contradictoryLink: ("编号对应关系矛盾", "numbers contradict each other")
        case .danglingReference: ("所引用的清单不存在", "refers to a list that is not there")
        case .paperAbsent: ("仅有回执，无清单", "receipts without the list paper")
        case .paperAfterReceipt: ("清单时间晚于回执", "the list paper is later than its receipts")
        case .conflictingContent: ("同一单证内容不一致", "one fact with two contents")
        case .amendedUnknown: ("修改了未见的清单", "amends a list never seen")
        default: (code.rawValue, code.rawValue)
        }
    }
}
