extension Vocabulary {
    /// Declarations 申报: CEB621, CEB603 and the other forms.
    static let declare = """
        layout declarationItem · 清单商品
        gnum integer · 商品序号 · CEB621! CEB603!
        itemRecordNo text 30 · 账册备案料号 · CEB621 CEB603
        itemNo text 30 · 企业商品货号 · CEB621 CEB603
        itemName text 250 · 企业商品名称 · CEB621 CEB603
        gcode code 10 · 商品编码 · CEB621! CEB603!
        gname text 250 · 商品名称 · CEB621! CEB603
        gmodel text 510 · 规格型号 · CEB621! CEB603
        barCode text 50 · 条形码 · CEB621 CEB603
        country code 3 · 国家(地区) · CEB621! CEB603!
        tradeCountry code 3 · 贸易国 · CEB621
        currency currency · 币制 · CEB621! CEB603!
        qty decimal · 数量 · CEB621! CEB603!
        unit code 3 · 计量单位 · CEB621! CEB603!
        qty1 decimal · 法定数量 · CEB621! CEB603!
        unit1 code 3 · 法定计量单位 · CEB621! CEB603!
        qty2 decimal · 第二数量 · CEB621 CEB603
        unit2 code 3 · 第二计量单位 · CEB621 CEB603
        price decimal · 单价 · CEB621! CEB603!
        totalPrice decimal · 总价 · CEB621! CEB603!
        note text 1000 buyer · 备注 · CEB621 CEB603
        lot text 60 · 批次
        layout declarationLine · 申报商品
        gnum integer · 商品序号
        gcode code 10 · 商品编码
        gname text 250 · 商品名称
        gmodel text 510 · 规格型号
        qty decimal · 数量
        unit code 3 · 计量单位
        qty1 decimal · 法定数量
        unit1 code 3 · 法定计量单位
        qty2 decimal · 第二数量
        unit2 code 3 · 第二计量单位
        price decimal · 单价
        totalPrice decimal · 总价
        currency currency · 币制
        country code 3 · 国家(地区)
        itemRecordNo text 30 · 账册备案料号
        lot text 60 · 批次
        layout declaration · 申报单
        guid text 36 transport · 系统唯一序号 · CEB621! CEB603!
        appType code 1 · 报送类型 · CEB621! CEB603!
        appTime time · 报送时间 · CEB621! CEB603!
        appStatus code 3 · 业务状态 · CEB621! CEB603!
        orderNo text 60 · 订单编号 · CEB621! CEB603
        ebpCode code 50 · 电商平台代码 · CEB621! CEB603
        ebpName text 100 · 电商平台名称 · CEB621! CEB603
        ebcCode code 18 · 电商企业代码 · CEB621! CEB603
        ebcName text 100 · 电商企业名称 · CEB621! CEB603
        ownerCode code 18 · 生产销售企业代码 · CEB603
        ownerName text 100 · 生产销售企业名称 · CEB603
        iacCode code 18 · 区内企业代码 · CEB603
        iacName text 100 · 区内企业名称 · CEB603
        logisticsNo text 80 · 物流运单编号 · CEB621! CEB603
        logisticsCode code 18 · 物流企业代码 · CEB621! CEB603
        logisticsName text 100 · 物流企业名称 · CEB621! CEB603
        copNo text 30 · 企业内部编号 · CEB621 CEB603
        preNo text 18 · 预录入编号 · CEB621 CEB603
        assureCode code 30 · 担保企业编号 · CEB621!
        emsNo text 30 · 账册编号 · CEB621 CEB603
        invtNo text 20 · 清单编号 · CEB621 CEB603
        ieFlag code 1 · 进出口标记 · CEB621! CEB603!
        declTime date · 申报日期 · CEB621!
        customsCode code 4 · 申报海关代码 · CEB621! CEB603!
        portCode code 4 · 口岸海关代码 · CEB621! CEB603!
        ieDate date · 进出口日期 · CEB621 CEB603!
        statisticsFlag code 1 · 申报业务类型 · CEB603!
        buyerIdType code 1 · 订购人证件类型 · CEB621!
        buyerIdNumber text 60 buyer identity · 订购人证件号码 · CEB621!
        buyerName text 60 buyer mark · 订购人姓名 · CEB621!
        buyerTelephone text 30 buyer mark · 订购人电话 · CEB621!
        consigneeAddress text 200 consignee mark · 收货地址 · CEB621!
        agentCode code 18 · 申报企业代码 · CEB621! CEB603
        agentName text 100 · 申报企业名称 · CEB621! CEB603
        areaCode code 18 · 区内企业代码 · CEB621
        areaName text 100 · 区内企业名称 · CEB621
        tradeMode code 4 · 贸易方式 · CEB621! CEB603!
        trafMode code 1 · 运输方式 · CEB621! CEB603!
        trafName text 100 · 运输工具名称 · CEB603
        trafNo text 100 · 运输工具编号 · CEB621
        voyageNo text 32 · 航班航次号 · CEB621 CEB603
        billNo text 37 · 提运单号 · CEB621 CEB603
        totalPackageNo text 60 · 总包号 · CEB603
        loctNo code 10 · 监管场所代码 · CEB621 CEB603
        licenseNo text 19 · 许可证件号 · CEB621 CEB603
        country code 3 · 国家(地区) · CEB621! CEB603!
        POD code 4 · 指运港代码 · CEB603!
        freight decimal · 运费 · CEB621! CEB603!
        fCurrency currency · 运费币制 · CEB603!
        fFlag code 1 · 运费标志 · CEB603!
        insuredFee decimal · 保价费 · CEB621! CEB603!
        iCurrency currency · 保费币制 · CEB603!
        iFlag code 1 · 保费标志 · CEB603!
        currency currency · 币制 · CEB621!
        wrapType code 1 · 包装种类代码 · CEB621 CEB603!
        packNo integer · 件数 · CEB621! CEB603!
        grossWeight decimal · 毛重 · CEB621! CEB603!
        netWeight decimal · 净重 · CEB621! CEB603!
        note text 1000 buyer · 备注 · CEB621 CEB603
        form choice(list|declaration|bondedList|transit|parcel) · 申报形式
        items list(declarationItem) · 清单商品 · CEB621 CEB603
        number text 60 · 单证编号
        consignor code 18 · 收发货人代码
        lines list(declarationLine) · 申报商品
        direction choice(in|out|transfer|adjust) · 进出区方向
        line choice(first|second|none) · 一线二线
        entryId text 18 · 报关单编号
        lists texts · 清单编号
        deduct choice(none|pre|done) · 核扣状态
        kind choice(import|export|betweenZones) · 转关类型
        mode choice(advance|direct|transfer) · 转关方式
        from code 60 · 启运关区
        to code 60 · 指运关区
        carrier code 100 · 承运企业
        vehicle text 100 · 运输工具
        sealNo text 60 · 关锁号
        deadline date · 期限
        bills texts · 提运单号
        packages integer · 件数
        weight decimal · 重量
        channel code 60 · 渠道
        value decimal · 价值
        reason text 1000 buyer · 原因
        include documents
        include transport
        when form list requires copNo|preNo|invtNo|orderNo
        when form declaration requires customsCode tradeMode ieFlag agentCode lines
        when form bondedList requires emsNo direction line
        when form parcel requires channel
        type 0x0601 declare.drafted declaration 1 · 清单暂存
        type 0x0602 declare.submitted declaration 1 · 清单申报
        type 0x0603 declare.amended declaration 1 · 清单变更
        type 0x0604 declare.withdrawn declaration 1 requires \
            copNo|preNo|invtNo|orderNo|number|entryId · 清单撤回
        type 0x060E declare.amendRequested declaration 1 requires \
            copNo|preNo|invtNo|orderNo|number|entryId · 改单申请
        """
}
