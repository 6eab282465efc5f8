extension Vocabulary {
    static let papers = """
        layout orderItem · 订单商品
        gnum integer · 商品序号 · CEB311
        itemNo text 30 · 企业商品货号 · CEB311
        itemName text 250 · 企业商品名称 · CEB311
        qty decimal · 数量 · CEB311
        note text 1000 buyer · 备注 · CEB311
        layout order · 电子订单
        guid text 36 transport · 系统唯一序号 · CEB311
        appTime time · 报送时间 · CEB311
        orderNo! text 60 · 订单编号 · CEB311
        ebpCode code 18 · 电商平台代码 · CEB311
        ebcCode code 18 · 电商企业代码 · CEB311
        goodsValue decimal · 商品价格 · CEB311
        acturalPaid decimal · 实际支付金额 · CEB311
        currency! currency · 币制 · CEB311
        buyerName text 60 buyer mark · 订购人姓名 · CEB311
        buyerIdNumber text 60 buyer identity · 订购人证件号码 · CEB311
        items list(orderItem) · 商品 · CEB311
        oneOf ebpCode ebcCode
        oneOf acturalPaid goodsValue
        type 0x0102 order.submitted order 1 · 订单申报
        layout day · 时钟
        date! date · 日期
        type 0x0E01 clock.day day 1 · 日终
        """
}
