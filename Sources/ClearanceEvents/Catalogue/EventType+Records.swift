// Records, risks, the clock, decisions, rules and the ledger.

extension EventType {
    /// 企业备案: `record.enterprise`.
    public static let recordEnterprise = EventType(code: 0x0501)
    /// 商品备案: `record.goods`.
    public static let recordGoods = EventType(code: 0x0502)
    /// 账册备案: `record.book`.
    public static let recordBook = EventType(code: 0x0503)
    /// 批次备案: `record.lot`.
    public static let recordLot = EventType(code: 0x0504)
    /// 场所备案: `record.site`.
    public static let recordSite = EventType(code: 0x0505)
    /// 身份核验: `record.identity`.
    public static let recordIdentity = EventType(code: 0x0506)
    /// 资质备案: `record.credential`.
    public static let recordCredential = EventType(code: 0x0507)
    /// 统计指标: `record.count`.
    public static let recordCount = EventType(code: 0x0508)
    /// 个人额度: `record.quota`.
    public static let recordQuota = EventType(code: 0x0509)
    /// 信用等级: `record.grade`.
    public static let recordGrade = EventType(code: 0x050A)
    /// 行政处罚: `record.penalty`.
    public static let recordPenalty = EventType(code: 0x050B)
    /// 处罚变更: `record.penaltyChanged`.
    public static let recordPenaltyChanged = EventType(code: 0x050C)
    /// 处罚撤销: `record.penaltyRevoked`.
    public static let recordPenaltyRevoked = EventType(code: 0x050D)
    /// 罚款缴纳: `record.penaltyPaid`.
    public static let recordPenaltyPaid = EventType(code: 0x050E)
    /// 刑事案件: `record.case`.
    public static let recordCase = EventType(code: 0x050F)
    /// 名单: `record.listing`.
    public static let recordListing = EventType(code: 0x0510)
    /// 信用修复: `record.repair`.
    public static let recordRepair = EventType(code: 0x0511)
    /// 信用评价: `record.rating`.
    public static let recordRating = EventType(code: 0x0512)
    /// 审计报告: `record.audit`.
    public static let recordAudit = EventType(code: 0x0513)
    /// 风险采集: `risk.collected`.
    public static let riskCollected = EventType(code: 0x0D01)
    /// 风险评估: `risk.assessed`.
    public static let riskAssessed = EventType(code: 0x0D02)
    /// 风险处置: `risk.handled`.
    public static let riskHandled = EventType(code: 0x0D03)
    /// 风险复查: `risk.rechecked`.
    public static let riskRechecked = EventType(code: 0x0D04)
    /// 风险办结: `risk.closed`.
    public static let riskClosed = EventType(code: 0x0D05)
    /// 风险预警: `risk.alert`.
    public static let riskAlert = EventType(code: 0x0D06)
    /// 召回: `risk.recall`.
    public static let riskRecall = EventType(code: 0x0D07)
    /// 召回进展: `risk.recallReported`.
    public static let riskRecallReported = EventType(code: 0x0D08)
    /// 召回办结: `risk.recallClosed`.
    public static let riskRecallClosed = EventType(code: 0x0D09)
    /// 日终: `clock.day`.
    public static let clockDay = EventType(code: 0x0E01)
    /// 比对裁定: `match.decided`.
    public static let matchDecided = EventType(code: 0x0F01)
    /// 规则启用: `rules.activated`.
    public static let rulesActivated = EventType(code: 0x1001)
    /// 规则停用: `rules.retired`.
    public static let rulesRetired = EventType(code: 0x1002)
    /// 拒绝请求: `ledger.refused`.
    public static let ledgerRefused = EventType(code: 0x1201)
    /// 个人信息删除: `ledger.erased`.
    public static let ledgerErased = EventType(code: 0x1202)
    /// 披露: `ledger.disclosed`.
    public static let ledgerDisclosed = EventType(code: 0x1203)
    /// 确认: `ledger.acknowledged`.
    public static let ledgerAcknowledged = EventType(code: 0x1204)
    /// 发布: `ledger.published`.
    public static let ledgerPublished = EventType(code: 0x1205)
}
