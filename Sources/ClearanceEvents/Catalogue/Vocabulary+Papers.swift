extension Vocabulary {
    /// Waybills 运单 (CEB511, CEB505) and proceeds 收款单 (CEB403).
    static let papers = """
        layout waybill · 物流运单
        guid text 36 transport · 系统唯一序号 · CEB511! CEB505!
        appType code 1 · 报送类型 · CEB511! CEB505!
        appTime time · 报送时间 · CEB511! CEB505!
        appStatus code 3 · 业务状态 · CEB511! CEB505!
        logisticsCode! code 18 · 物流企业代码 · CEB511! CEB505
        logisticsName text 100 · 物流企业名称 · CEB511! CEB505
        logisticsNo! text 80 · 物流运单编号 · CEB511! CEB505
        billNo text 37 · 提运单号 · CEB511
        orderNo text 60 · 订单编号 · CEB511!
        freight decimal · 运费 · CEB511 CEB505!
        insuredFee decimal · 保价费 · CEB511 CEB505!
        currency currency · 币制 · CEB511! CEB505!
        grossWeight decimal · 毛重 · CEB505!
        weight decimal · 毛重 · CEB511!
        packNo integer · 件数 · CEB511! CEB505!
        goodsInfo text 200 buyer · 主要货物信息 · CEB511 CEB505
        ebcCode code 18 · 电商企业代码 · CEB505
        ebcName text 100 · 电商企业名称 · CEB505
        ebcTelephone text 50 buyer · 收发货人电话 · CEB505
        consignee text 100 consignee mark · 收货人姓名 · CEB511!
        consigneeAddress text 200 consignee mark · 收货地址 · CEB511!
        consigneeTelephone text 50 consignee mark · 收货人电话 · CEB511!
        note text 1000 buyer · 备注 · CEB511 CEB505
        include documents
        include transport
        type 0x0301 waybill.drafted waybill 1 · 运单暂存
        type 0x0302 waybill.submitted waybill 1 · 运单申报
        type 0x0303 waybill.amended waybill 1 · 运单变更
        type 0x0304 waybill.withdrawn waybill 1 requires logisticsCode logisticsNo · 运单撤回
        layout proceeds · 收款单
        guid text 36 transport · 系统唯一序号 · CEB403!
        appType code 1 · 报送类型 · CEB403!
        appTime time · 报送时间 · CEB403!
        appStatus code 1 · 业务状态 · CEB403!
        ebpCode code 50 · 电商平台代码 · CEB403
        ebpName text 100 · 电商平台名称 · CEB403
        ebcCode! code 18 · 电商企业代码 · CEB403
        ebcName text 100 · 电商企业名称 · CEB403
        orderNo! text 60 · 订单编号 · CEB403
        payCode code 18 · 支付企业代码 · CEB403
        payName text 100 · 支付企业名称 · CEB403
        payNo text 60 · 支付交易编号 · CEB403
        charge! decimal · 收款金额 · CEB403!
        currency! currency · 币制 · CEB403!
        accountingDate time · 到账时间 · CEB403!
        note text 1000 buyer · 备注 · CEB403
        include documents
        include transport
        type 0x0401 proceeds.drafted proceeds 1 · 收款单暂存
        type 0x0402 proceeds.submitted proceeds 1 · 收款单申报
        type 0x0403 proceeds.amended proceeds 1 · 收款单变更
        type 0x0404 proceeds.withdrawn proceeds 1 requires ebcCode orderNo · 收款单撤回
        """
}
