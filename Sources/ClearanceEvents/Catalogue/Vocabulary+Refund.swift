extension Vocabulary {
    /// Tax refunds 退税.
    static let refunds = """
        layout refundLine · 退税明细
        entryId text 20 · 报关单编号
        list text 20 · 清单编号
        item integer · 商品序号
        gcode code 10 · 商品编码
        qty decimal · 数量
        unit code 3 · 计量单位
        invoices texts · 发票
        base decimal · 计税金额
        rate decimal · 退税率
        amount decimal · 金额
        layout refundClaim · 退税申报
        kind! choice(refund|prerefund|exempt) · 申报种类
        period! text 7 · 所属期
        businessCode code 60 · 业务类型代码
        sequence text 20 · 申报序号
        agentFor code 18 · 委托企业
        ebcCode code 18 · 企业代码
        lines! list(refundLine) · 退税明细
        note text 1000 buyer · 备注
        include documents
        type 0x0A01 refund.claimed refundClaim 0 · 退税申报
        layout refundDecision · 退税办理
        on! date · 日期
        amount decimal · 金额
        currency currency · 币制
        lines list(refundLine) · 退税明细
        sold decimal · 已售金额
        unsold decimal · 未售金额
        outcome choice(equal|different|unsold) · 核算结果
        difference decimal · 差额
        period text 7 · 所属期
        reason text 1000 buyer · 原因
        include documents
        type 0x0A02 refund.accepted refundDecision 0 requires on amount|lines · 退税受理
        type 0x0A03 refund.suspended refundDecision 0 requires on amount|lines · 暂不办理
        type 0x0A04 refund.withdrawn refundDecision 0 · 退税撤回
        type 0x0A05 refund.paid refundDecision 0 requires on amount|lines · 退税办结
        type 0x0A06 refund.denied refundDecision 0 requires on amount|lines · 不予退税
        type 0x0A07 refund.recovered refundDecision 0 requires on amount|lines · 追回退税
        type 0x0A08 refund.accounted refundDecision 0 requires on outcome · 核算
        type 0x0A09 refund.exempted refundDecision 0 requires on amount|lines · 免税
        type 0x0A0A refund.taxed refundDecision 0 requires on amount|lines · 视同内销征税
        """
}
