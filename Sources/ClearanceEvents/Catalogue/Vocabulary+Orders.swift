extension Vocabulary {
    /// Order papers 电子订单: CEB311 and CEB303.
    static let orders = """
        layout orderItem · 订单商品
        gnum integer · 商品序号 · CEB311! CEB303!
        itemNo text 30 · 企业商品货号 · CEB311 CEB303
        itemName text 250 · 企业商品名称 · CEB311! CEB303
        gmodel text 510 · 规格型号 · CEB311!
        itemDescribe text 1000 · 企业商品描述 · CEB311 CEB303
        barCode text 50 · 条形码 · CEB311 CEB303
        unit code 3 · 计量单位 · CEB311! CEB303!
        qty decimal · 数量 · CEB311! CEB303!
        price decimal · 单价 · CEB311! CEB303!
        totalPrice decimal · 总价 · CEB311! CEB303!
        currency currency · 币制 · CEB311! CEB303!
        country code 3 · 国家(地区) · CEB311!
        note text 1000 buyer · 备注 · CEB311 CEB303
        gcode code 10 · 商品编码
        lot text 60 · 批次
        layout order · 电子订单
        guid text 36 transport · 系统唯一序号 · CEB311! CEB303!
        appType code 1 · 报送类型 · CEB311! CEB303!
        appTime time · 报送时间 · CEB311! CEB303!
        appStatus code 3 · 业务状态 · CEB311! CEB303!
        orderType code 1 · 订单类型 · CEB311! CEB303!
        orderNo! text 60 · 订单编号 · CEB311! CEB303
        ebpCode code 50 · 电商平台代码 · CEB311! CEB303
        ebpName text 100 · 电商平台名称 · CEB311! CEB303
        ebcCode code 18 · 电商企业代码 · CEB311! CEB303
        ebcName text 100 · 电商企业名称 · CEB311! CEB303
        goodsValue decimal · 商品价格 · CEB311! CEB303!
        freight decimal · 运费 · CEB311! CEB303!
        discount decimal · 非现金抵扣金额 · CEB311!
        taxTotal decimal · 代扣税款 · CEB311!
        acturalPaid decimal · 实际支付金额 · CEB311!
        currency! currency · 币制 · CEB311! CEB303!
        buyerRegNo text 60 buyer mark · 订购人注册号 · CEB311!
        buyerName text 60 buyer mark · 订购人姓名 · CEB311!
        buyerTelephone text 30 buyer mark · 订购人电话 · CEB311!
        buyerIdType code 1 · 订购人证件类型 · CEB311!
        buyerIdNumber text 60 buyer identity · 订购人证件号码 · CEB311!
        payCode code 18 · 支付企业代码 · CEB311
        payName text 100 · 支付企业名称 · CEB311
        payTransactionId text 60 · 支付交易编号 · CEB311
        batchNumbers text 100 · 商品批次号 · CEB311
        consignee text 100 consignee mark · 收货人姓名 · CEB311!
        consigneeTelephone text 50 consignee mark · 收货人电话 · CEB311!
        consigneeAddress text 200 consignee mark · 收货地址 · CEB311!
        consigneeDistrict code 6 · 收货地址行政区划代码 · CEB311
        note text 1000 buyer · 备注 · CEB311 CEB303
        items list(orderItem) · 订单商品 · CEB311 CEB303
        contractHash text 128 · 合同摘要
        channel code 60 · 销售渠道
        instalments integer · 分期数
        include documents
        include transport
        oneOf ebpCode ebcCode
        when orderType E|B|W requires goodsValue
        unless orderType E|B|W requires acturalPaid
        type 0x0101 order.drafted order 1 · 电子订单暂存
        type 0x0102 order.submitted order 1 · 电子订单申报
        type 0x0103 order.amended order 1 · 电子订单变更
        type 0x0104 order.withdrawn order 1 requires orderNo ebpCode|ebcCode · 电子订单撤回
        """
}
