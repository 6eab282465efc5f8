extension Vocabulary {
    /// Electronic tax bills 电子税单: CEB816 and CEB818.
    static let taxes = """
        layout taxItem · 税单表体
        gnum integer · 商品序号 · CEB816!
        gcode code 10 · 商品编码 · CEB816!
        taxPrice decimal · 完税总价格 · CEB816!
        customsTax decimal · 应征关税 · CEB816!
        valueAddedTax decimal · 应征增值税 · CEB816!
        consumptionTax decimal · 应征消费税 · CEB816!
        layout tax · 电子税单
        guid text 36 transport · 系统唯一序号 · CEB816! CEB818!
        returnTime time · 回执时间 · CEB816! CEB818!
        invtNo text 18 · 清单编号 · CEB816! CEB818!
        taxNo! text 50 · 电子税单编号 · CEB816! CEB818!
        customsTax decimal · 应征关税 · CEB816!
        valueAddedTax decimal · 应征增值税 · CEB816!
        consumptionTax decimal · 应征消费税 · CEB816!
        status code 1 · 税单状态 · CEB816! CEB818!
        entDutyNo text 50 · 缴款书编号 · CEB816 CEB818
        note text 1000 buyer · 备注 · CEB816
        assureCode code 64 · 担保企业编号 · CEB816 CEB818
        ebcCode code 64 · 电商企业代码 · CEB816
        logisticsCode code 64 · 物流企业代码 · CEB816
        agentCode code 18 · 申报企业代码 · CEB816
        customsCode code 4 · 申报海关代码 · CEB816
        orderNo text 60 · 订单编号
        logisticNo text 60 · 物流运单编号
        logisticsNo text 60 · 物流运单编号
        items list(taxItem) · 税单表体 · CEB816
        include part
        include documents
        include transport
        type 0x0B01 settle.taxAssessed tax 1 · 税单生成
        type 0x0B02 settle.taxSummarised tax 1 · 税单汇总
        type 0x0B03 settle.taxVoided tax 1 · 税单作废
        """
}
