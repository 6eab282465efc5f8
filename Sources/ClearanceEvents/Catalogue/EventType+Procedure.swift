// The procedure: declare, inspect, release, return, move.

extension EventType {
    /// 清单暂存: `declare.drafted`.
    public static let declareDrafted = EventType(code: 0x0601)
    /// 清单申报: `declare.submitted`.
    public static let declareSubmitted = EventType(code: 0x0602)
    /// 清单变更: `declare.amended`.
    public static let declareAmended = EventType(code: 0x0603)
    /// 清单撤回: `declare.withdrawn`.
    public static let declareWithdrawn = EventType(code: 0x0604)
    /// 清单入库: `declare.accepted`.
    public static let declareAccepted = EventType(code: 0x0605)
    /// 海关退单: `declare.rejected`.
    public static let declareRejected = EventType(code: 0x0606)
    /// 人工审核: `declare.reviewing`.
    public static let declareReviewing = EventType(code: 0x0607)
    /// 海关审结: `declare.reviewed`.
    public static let declareReviewed = EventType(code: 0x0608)
    /// 挂起: `declare.suspended`.
    public static let declareSuspended = EventType(code: 0x0609)
    /// 恢复: `declare.resumed`.
    public static let declareResumed = EventType(code: 0x060A)
    /// 撤单申请: `declare.cancelRequested`.
    public static let declareCancelRequested = EventType(code: 0x060B)
    /// 撤单通过: `declare.cancelled`.
    public static let declareCancelled = EventType(code: 0x060C)
    /// 撤单不予通过: `declare.cancelRefused`.
    public static let declareCancelRefused = EventType(code: 0x060D)
    /// 改单申请: `declare.amendRequested`.
    public static let declareAmendRequested = EventType(code: 0x060E)
    /// 改单不予通过: `declare.amendRefused`.
    public static let declareAmendRefused = EventType(code: 0x060F)
    /// 清单总分单: `declare.manifest`.
    public static let declareManifest = EventType(code: 0x0610)
    /// 理货: `declare.tallied`.
    public static let declareTallied = EventType(code: 0x0611)
    /// 汇总申请: `declare.summaryRequested`.
    public static let declareSummaryRequested = EventType(code: 0x0612)
    /// 汇总退单: `declare.summaryRejected`.
    public static let declareSummaryRejected = EventType(code: 0x0613)
    /// 汇总报关: `declare.summaryDeclared`.
    public static let declareSummaryDeclared = EventType(code: 0x0614)
    /// 汇总冲销: `declare.summaryReversed`.
    public static let declareSummaryReversed = EventType(code: 0x0615)
    /// 撤单申请暂存: `declare.cancelDrafted`.
    public static let declareCancelDrafted = EventType(code: 0x0616)
    /// 撤单申请撤回: `declare.cancelWithdrawn`.
    public static let declareCancelWithdrawn = EventType(code: 0x0617)
    /// 清单总分单暂存: `declare.manifestDrafted`.
    public static let declareManifestDrafted = EventType(code: 0x0618)
    /// 清单总分单撤回: `declare.manifestWithdrawn`.
    public static let declareManifestWithdrawn = EventType(code: 0x0619)
    /// 汇总申请暂存: `declare.summaryDrafted`.
    public static let declareSummaryDrafted = EventType(code: 0x061A)
    /// 汇总申请撤回: `declare.summaryWithdrawn`.
    public static let declareSummaryWithdrawn = EventType(code: 0x061B)
    /// 随机抽取: `inspect.drawn`.
    public static let inspectDrawn = EventType(code: 0x0701)
    /// 查验布控: `inspect.ordered`.
    public static let inspectOrdered = EventType(code: 0x0702)
    /// 查验开始: `inspect.started`.
    public static let inspectStarted = EventType(code: 0x0703)
    /// 取样: `inspect.sampled`.
    public static let inspectSampled = EventType(code: 0x0704)
    /// 检测: `inspect.tested`.
    public static let inspectTested = EventType(code: 0x0705)
    /// 查验结论: `inspect.concluded`.
    public static let inspectConcluded = EventType(code: 0x0706)
    /// 扣留: `inspect.detained`.
    public static let inspectDetained = EventType(code: 0x0707)
    /// 解除扣留: `inspect.freed`.
    public static let inspectFreed = EventType(code: 0x0708)
    /// 稽查: `inspect.audited`.
    public static let inspectAudited = EventType(code: 0x0709)
    /// 放行: `release.granted`.
    public static let releaseGranted = EventType(code: 0x0801)
    /// 结关: `release.closed`.
    public static let releaseClosed = EventType(code: 0x0802)
    /// 退运: `release.returned`.
    public static let releaseReturned = EventType(code: 0x0803)
    /// 出区: `release.exited`.
    public static let releaseExited = EventType(code: 0x0804)
    /// 退货申请: `return.requested`.
    public static let returnRequested = EventType(code: 0x0901)
    /// 退货变更: `return.amended`.
    public static let returnAmended = EventType(code: 0x0902)
    /// 退货撤回: `return.withdrawn`.
    public static let returnWithdrawn = EventType(code: 0x0903)
    /// 退货通过: `return.accepted`.
    public static let returnAccepted = EventType(code: 0x0904)
    /// 退货不予通过: `return.refused`.
    public static let returnRefused = EventType(code: 0x0905)
    /// 退货运抵: `return.arrived`.
    public static let returnArrived = EventType(code: 0x0906)
    /// 退货理货: `return.tallied`.
    public static let returnTallied = EventType(code: 0x0907)
    /// 退货申请暂存: `return.drafted`.
    public static let returnDrafted = EventType(code: 0x0908)
    /// 退货理货暂存: `return.tallyDrafted`.
    public static let returnTallyDrafted = EventType(code: 0x0909)
    /// 退货理货撤回: `return.tallyWithdrawn`.
    public static let returnTallyWithdrawn = EventType(code: 0x090A)
    /// 运抵: `move.arrived`.
    public static let moveArrived = EventType(code: 0x0C01)
    /// 离境: `move.departed`.
    public static let moveDeparted = EventType(code: 0x0C02)
    /// 运单状态: `move.status`.
    public static let moveStatus = EventType(code: 0x0C03)
    /// 签收: `move.delivered`.
    public static let moveDelivered = EventType(code: 0x0C04)
    /// 装箱: `move.packed`.
    public static let movePacked = EventType(code: 0x0C05)
    /// 拆箱: `move.unpacked`.
    public static let moveUnpacked = EventType(code: 0x0C06)
    /// 拣选: `move.picked`.
    public static let movePicked = EventType(code: 0x0C07)
    /// 加工: `move.transformed`.
    public static let moveTransformed = EventType(code: 0x0C08)
    /// 移交: `move.transferred`.
    public static let moveTransferred = EventType(code: 0x0C09)
    /// 展示: `move.displayed`.
    public static let moveDisplayed = EventType(code: 0x0C0A)
    /// 盘点: `move.counted`.
    public static let moveCounted = EventType(code: 0x0C0B)
    /// 调整: `move.adjusted`.
    public static let moveAdjusted = EventType(code: 0x0C0C)
    /// 销毁: `move.destroyed`.
    public static let moveDestroyed = EventType(code: 0x0C0D)
    /// 灭失: `move.lost`.
    public static let moveLost = EventType(code: 0x0C0E)
    /// 销售: `move.sold`.
    public static let moveSold = EventType(code: 0x0C0F)
}
