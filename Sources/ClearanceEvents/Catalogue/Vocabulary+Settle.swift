extension Vocabulary {
    /// Taxes paid, guarantees, foreign exchange 结汇.
    static let settlements = """
        layout taxSettlement · 税款收付
        entDutyNo text 50 · 缴款书编号
        taxNos texts · 电子税单编号
        amount! decimal · 金额
        currency currency · 币制
        lateFee decimal · 滞纳金
        paidOn date · 缴款日期
        lists texts · 清单编号
        reason text 1000 buyer · 原因
        include documents
        type 0x0B04 settle.taxPaid taxSettlement 1 requires entDutyNo|taxNos amount paidOn · 税款缴纳
        type 0x0B05 settle.taxRecovered taxSettlement 1 requires amount reason · 税款追缴
        type 0x0B06 settle.taxRefunded taxSettlement 1 requires amount reason · 税款退还
        layout guarantee · 税款担保
        assureCode! code 64 · 担保企业编号
        customsCode code 4 · 海关代码
        kind choice(cash|letter|insurance) · 担保形式
        limit decimal · 担保额度
        currency currency · 币制
        validFrom date · 生效日期
        validTo date · 失效日期
        include documents
        type 0x0B07 settle.guaranteeOpened guarantee 1 requires assureCode kind limit validFrom \
            · 担保设立
        type 0x0B08 settle.guaranteeChanged guarantee 1 requires assureCode limit · 担保变更
        type 0x0B09 settle.guaranteeClosed guarantee 1 · 担保解除
        layout settlementEvidence · 结算凭据
        subject! subject · 凭据
        amount decimal · 金额
        currency currency · 币制
        layout forex · 收结汇
        direction! choice(receive|pay|convertIn|convertOut) · 收付方向
        amount! decimal · 金额
        currency! currency · 币制
        cny decimal · 人民币金额
        rate decimal · 汇率
        bank! text 100 · 银行
        institution text 100 · 支付机构
        account text 60 buyer mark · 账号
        payer text 100 buyer mark · 付款人
        payee text 100 buyer mark · 收款人
        idType code 3 · 证件类型
        idNumber text 60 buyer identity · 证件号码
        name text 100 buyer mark · 姓名
        exempt bool · 免占额度
        evidence! list(settlementEvidence) · 结算凭据
        declaredGross decimal · 申报总额
        on! date · 日期
        reason text 1000 buyer · 原因
        include documents
        type 0x0B0A settle.forex forex 1 · 收结汇
        type 0x0B0B settle.forexReturned forex 1 requires amount currency on · 退汇
        layout nettingCost · 轧差费用
        kind! code 60 · 费用种类
        amount! decimal · 金额
        currency currency · 币制
        evidence subject · 凭据
        layout netting · 轧差结算
        gross! decimal · 应收总额
        costs! list(nettingCost) · 轧差费用
        net! decimal · 净额
        currency! currency · 币制
        on date · 日期
        include documents
        type 0x0B0C settle.netting netting 1 · 轧差结算
        """
}
