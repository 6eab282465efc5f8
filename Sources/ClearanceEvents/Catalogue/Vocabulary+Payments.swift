extension Vocabulary {
    /// Payment papers 支付凭证: CEB411 and the data of announcements 165/179.
    static let payments = """
        layout paymentOrder · 支付订单
        ebpCode code 18 · 电商平台代码
        orderNo! text 60 · 订单编号
        amount decimal · 金额
        layout payment · 支付凭证
        guid text 36 transport · 系统唯一序号 · CEB411!
        appType code 1 · 报送类型 · CEB411!
        appTime time · 报送时间 · CEB411!
        appStatus code 3 · 业务状态 · CEB411!
        payCode! code 18 · 支付企业代码 · CEB411!
        payName text 100 · 支付企业名称 · CEB411!
        payTransactionId! text 60 · 支付交易编号 · CEB411!
        orderNo text 60 · 订单编号 · CEB411!
        ebpCode code 18 · 电商平台代码 · CEB411!
        ebpName text 100 · 电商平台名称 · CEB411!
        payerIdType code 1 · 支付人证件类型 · CEB411!
        payerIdNumber text 60 buyer identity · 支付人证件号码 · CEB411!
        payerName text 60 buyer mark · 支付人姓名 · CEB411!
        telephone text 60 buyer mark · 支付人电话 · CEB411
        amountPaid! decimal · 支付金额 · CEB411!
        currency! currency · 币制 · CEB411!
        payTime time · 支付时间 · CEB411!
        note text 1000 buyer · 备注 · CEB411
        orders list(paymentOrder) · 支付订单
        include documents
        include transport
        oneOf orderNo orders
        type 0x0201 payment.drafted payment 1 · 支付凭证暂存
        type 0x0202 payment.submitted payment 1 · 支付凭证申报
        type 0x0203 payment.amended payment 1 · 支付凭证变更
        type 0x0204 payment.withdrawn payment 1 requires payCode payTransactionId · 支付凭证撤回
        layout paymentRefund · 支付退款
        of! subject · 原支付
        amount! decimal · 金额
        currency! currency · 币制
        payCode code 18 · 支付企业代码
        payTransactionId text 60 · 支付交易编号
        orderNo text 60 · 订单编号
        ebpCode code 18 · 电商平台代码
        refundedAt time · 退款时间
        reason text 1000 buyer · 原因
        include documents
        type 0x0207 payment.refunded paymentRefund 1 · 支付退款
        layout evidenceGoods · 交易商品
        gname text 250 · 商品名称 · 165/179
        itemLink text 3000 · 商品展示链接 · 165/179
        layout evidenceOrder · 交易订单
        orderNo! text 60 · 订单编号 · 165/179
        goodsInfo list(evidenceGoods) · 商品信息 · 165/179
        recpAccount text 60 buyer mark · 收款账号 · 165/179
        recpCode code 18 · 收款企业代码 · 165/179
        recpName text 100 · 收款企业名称 · 165/179
        layout paymentEvidence · 支付原始数据
        payCode code 18 · 支付企业代码 · 165/179
        payTransactionId text 60 · 支付交易编号 · 165/179
        ebpCode code 18 · 电商平台代码 · 165/179
        totalAmount! decimal · 交易金额 · 165/179
        currency currency · 币制 · 165/179
        orders! list(evidenceOrder) · 交易订单 · 165/179
        recpAccount text 60 buyer mark · 收款账号 · 165/179
        recpName text 100 · 收款企业名称 · 165/179
        verDept code 1 · 验核机构 · 165/179
        payType code 1 · 支付类型 · 165/179
        tradingTime time · 交易成功时间 · 165/179
        sessionID text 64 transport · 会话号 · 165/179
        guid text 36 transport · 系统唯一序号 · 165/179
        serviceTime text 30 transport · 服务时间 · 165/179
        certNo text 64 transport · 证书编号 · 165/179
        signValue text transport · 签名 · 165/179
        initalRequest text 8000 buyer · 原始请求 · 165/179
        initalResponse text 8000 buyer · 原始响应 · 165/179
        note text 1000 buyer · 备注 · 165/179
        include documents
        type 0x0208 payment.evidence paymentEvidence 1 · 支付原始数据
        """
}
