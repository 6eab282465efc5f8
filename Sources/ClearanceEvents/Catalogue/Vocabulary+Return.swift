extension Vocabulary {
    /// Returns 退货: CEB625, CEB213, CEB215.
    static let returns = """
        layout returnItem · 退货商品
        gnum integer · 商品序号 · CEB625! CEB213!
        gcode code 10 · 商品编码 · CEB625! CEB213
        gname text 250 · 商品名称 · CEB625! CEB213
        gmodel text 250 · 规格型号 · CEB213
        qty decimal · 数量 · CEB625! CEB213!
        qty1 decimal · 法定数量 · CEB213!
        unit code 3 · 计量单位 · CEB625! CEB213!
        unit1 code 3 · 法定计量单位 · CEB213!
        qty2 decimal · 第二数量 · CEB213
        unit2 code 3 · 第二计量单位 · CEB213
        note text 1000 buyer · 备注 · CEB625 CEB213
        layout returnRequest · 退货申请单
        guid text 36 transport · 系统唯一序号 · CEB625! CEB213!
        appType code 1 · 报送类型 · CEB625! CEB213!
        appTime time · 报送时间 · CEB625! CEB213!
        appStatus code 3 · 业务状态 · CEB625! CEB213!
        customsCode code 4 · 申报海关代码 · CEB625! CEB213!
        loctNo code 10 · 监管场所代码 · CEB213
        orderNo text 60 · 订单编号 · CEB625!
        ebpCode code 18 · 电商平台代码 · CEB625! CEB213
        ebpName text 100 · 电商平台名称 · CEB625! CEB213
        ebcCode code 18 · 电商企业代码 · CEB625! CEB213
        ebcName text 100 · 电商企业名称 · CEB625! CEB213
        logisticsNo text 80 · 物流运单编号 · CEB625! CEB213
        logisticsCode code 18 · 物流企业代码 · CEB625! CEB213
        logisticsName text 100 · 物流企业名称 · CEB625! CEB213
        coElNo text 30 · 企业单证编号 · CEB213
        copNo text 20 · 企业内部编号 · CEB625
        preNo text 18 · 预录入编号 · CEB625 CEB213
        invtNo text 20 · 清单编号 · CEB625! CEB213
        tradeMode code 4 · 贸易方式 · CEB213
        buyerIdType code 1 · 订购人证件类型 · CEB625!
        buyerIdNumber text 60 buyer identity · 订购人证件号码 · CEB625!
        buyerName text 60 buyer mark · 订购人姓名 · CEB625!
        buyerTelephone text 30 buyer mark · 订购人电话 · CEB625!
        agentCode code 18 · 申报企业代码 · CEB625! CEB213
        agentName text 100 · 申报企业名称 · CEB625! CEB213
        billNo text 37 · 提运单号 · CEB213
        ieFlag code 1 · 进出口标记 · CEB213
        trafMode code 1 · 运输方式 · CEB213
        trafName text 100 · 运输工具名称 · CEB213
        portCode code 4 · 口岸海关代码 · CEB213
        reason text 1000 buyer · 原因 · CEB625! CEB213
        country code 3 · 国家(地区) · CEB213
        voyageNo text 32 · 航班航次号 · CEB213
        note text 1000 buyer · 备注 · CEB625 CEB213
        items list(returnItem) · 退货商品 · CEB625 CEB213
        include documents
        include transport
        oneOf invtNo orderNo copNo coElNo preNo
        type 0x0901 return.requested returnRequest 1 · 退货申请
        type 0x0902 return.amended returnRequest 1 · 退货变更
        type 0x0903 return.withdrawn returnRequest 1 requires invtNo|orderNo|copNo|coElNo|preNo \
            · 退货撤回
        type 0x0908 return.drafted returnRequest 1 · 退货申请暂存
        layout returnLine · 退货理货明细
        gnum integer · 商品序号
        qty! decimal · 数量
        unit code 3 · 计量单位
        condition code 60 · 货物状态
        lot text 60 · 批次
        layout goodsReturn · 退货理货单
        guid text 36 transport · 系统唯一序号 · CEB215!
        appType code 1 · 报送类型 · CEB215!
        appTime time · 报送时间 · CEB215!
        appStatus code 1 · 业务状态 · CEB215!
        customsCode code 4 · 申报海关代码 · CEB215!
        operatorCode code 18 · 监管场所经营人代码 · CEB215
        operatorName text 100 · 监管场所经营人名称 · CEB215
        logisticsCode code 18 · 物流企业代码 · CEB215
        logisticsName text 100 · 物流企业名称 · CEB215
        logisticsNo text 80 · 物流运单编号 · CEB215
        invtNo text 20 · 清单编号 · CEB215
        coElNo text 20 · 企业单证编号 · CEB215
        preNo text 18 · 预录入编号 · CEB215
        billNo text 37 · 提运单号 · CEB215
        ieFlag code 1 · 进出口标记 · CEB215!
        trafMode code 1 · 运输方式 · CEB215!
        trafName text 100 · 运输工具名称 · CEB215
        voyageNo text 32 · 航班航次号 · CEB215
        location text 250 · 库位 · CEB215
        note text 250 buyer · 备注 · CEB215
        orderNo text 60 · 订单编号
        agentCode code 18 · 申报企业代码
        copNo text 30 · 企业内部编号
        lines list(returnLine) · 退货理货明细
        site code 60 · 监管场所
        lot text 60 · 批次
        include documents
        include transport
        oneOf lines coElNo
        oneOf site operatorCode
        type 0x0906 return.arrived goodsReturn 1 · 退货运抵
        type 0x0907 return.tallied goodsReturn 1 · 退货理货
        type 0x0909 return.tallyDrafted goodsReturn 1 · 退货理货暂存
        type 0x090A return.tallyWithdrawn goodsReturn 1 · 退货理货撤回
        """
}
