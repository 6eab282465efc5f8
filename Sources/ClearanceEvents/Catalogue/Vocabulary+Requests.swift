extension Vocabulary {
    /// Requests and lists about declarations: 623/605, 607, tally, 701, 792.
    static let requests = """
        layout cancelRequest · 撤销申请单
        guid text 36 transport · 系统唯一序号 · CEB623! CEB605!
        appType code 1 · 报送类型 · CEB623! CEB605!
        appTime time · 报送时间 · CEB623! CEB605!
        appStatus code 3 · 业务状态 · CEB623! CEB605!
        customsCode code 4 · 申报海关代码 · CEB623! CEB605!
        orderNo text 60 · 订单编号 · CEB623!
        ebpCode code 18 · 电商平台代码 · CEB623!
        ebpName text 100 · 电商平台名称 · CEB623!
        ebcCode code 18 · 电商企业代码 · CEB623! CEB605
        ebcName text 100 · 电商企业名称 · CEB623! CEB605
        logisticsNo text 60 · 物流运单编号 · CEB623!
        logisticsCode code 18 · 物流企业代码 · CEB623!
        logisticsName text 100 · 物流企业名称 · CEB623!
        copNo text 30 · 企业内部编号 · CEB623 CEB605
        preNo text 18 · 预录入编号 · CEB623 CEB605
        invtNo text 20 · 清单编号 · CEB623! CEB605
        buyerIdType code 1 · 订购人证件类型 · CEB623!
        buyerIdNumber text 60 buyer identity · 订购人证件号码 · CEB623!
        buyerName text 60 buyer mark · 订购人姓名 · CEB623!
        buyerTelephone text 30 buyer mark · 订购人电话 · CEB623!
        agentCode code 18 · 申报企业代码 · CEB623! CEB605
        agentName text 100 · 申报企业名称 · CEB623! CEB605
        reason text 1000 buyer · 原因 · CEB623! CEB605
        note text 1000 buyer · 备注 · CEB623 CEB605
        include documents
        include transport
        oneOf invtNo orderNo copNo preNo
        type 0x060B declare.cancelRequested cancelRequest 1 · 撤单申请
        type 0x0616 declare.cancelDrafted cancelRequest 1 · 撤单申请暂存
        type 0x0617 declare.cancelWithdrawn cancelRequest 1 · 撤单申请撤回
        layout manifestItem · 总分单表体
        gnum integer · 商品序号 · CEB607!
        totalPackageNo text 60 · 总包号 · CEB607
        logisticsNo text 80 · 物流运单编号 · CEB607
        invtNo text 20 · 清单编号 · CEB607
        note text 1000 buyer · 备注 · CEB607
        layout manifest · 清单总分单
        guid text 36 transport · 系统唯一序号 · CEB607!
        appType code 1 · 报送类型 · CEB607!
        appTime time · 报送时间 · CEB607!
        appStatus code 1 · 业务状态 · CEB607!
        customsCode code 4 · 申报海关代码 · CEB607!
        copNo text 30 · 企业内部编号 · CEB607
        preNo text 18 · 预录入编号 · CEB607
        agentCode code 18 · 申报企业代码 · CEB607
        agentName text 100 · 申报企业名称 · CEB607
        loctNo code 10 · 监管场所代码 · CEB607
        trafMode code 1 · 运输方式 · CEB607!
        trafName text 100 · 运输工具名称 · CEB607
        voyageNo text 32 · 航班航次号 · CEB607
        billNo text 37 · 提运单号 · CEB607
        domesticTrafNo text 100 · 境内运输工具编号 · CEB607
        grossWeight decimal · 毛重 · CEB607!
        logisticsCode code 18 · 物流企业代码 · CEB607
        logisticsName text 100 · 物流企业名称 · CEB607
        msgCount integer · 报文总数 · CEB607!
        msgSeqNo integer · 报文序号 · CEB607!
        note text 1000 buyer · 备注 · CEB607
        items list(manifestItem) · 总分单表体 · CEB607
        include part
        include documents
        include transport
        oneOf copNo preNo billNo
        type 0x0610 declare.manifest manifest 1 · 清单总分单
        type 0x0618 declare.manifestDrafted manifest 1 · 清单总分单暂存
        type 0x0619 declare.manifestWithdrawn manifest 1 · 清单总分单撤回
        layout tallyLine · 理货明细
        itemRecordNo text 30 · 账册备案料号
        lot text 60 · 批次
        qty! decimal · 数量
        unit! code 3 · 计量单位
        damaged decimal · 残损数量
        over decimal · 溢装数量
        short decimal · 短装数量
        layout tally · 理货报告
        emsNo! text 30 · 账册编号
        billNo! text 37 · 提运单号
        site! code 60 · 监管场所
        lines! list(tallyLine) · 理货明细
        mergedNames texts · 归并名称
        note text 1000 buyer · 备注
        include documents
        type 0x0611 declare.tallied tally 1 · 理货
        layout summaryItem · 汇总申请表体
        invtNo text 20 · 清单编号 · CEB701
        layout summary · 汇总申请单
        guid text 36 transport · 系统唯一序号 · CEB701!
        appType code 1 · 报送类型 · CEB701!
        appTime time · 报送时间 · CEB701!
        appStatus code 1 · 业务状态 · CEB701!
        customsCode code 4 · 申报海关代码 · CEB701!
        copNo text 30 · 企业内部编号 · CEB701
        preNo text 18 · 预录入编号 · CEB701
        sumNo text 18 · 汇总申请编号 · CEB701
        agentCode code 18 · 申报企业代码 · CEB701
        agentName text 100 · 申报企业名称 · CEB701
        ebcCode code 18 · 电商企业代码 · CEB701
        ebcName text 100 · 电商企业名称 · CEB701
        declAgentCode code 18 · 报关单位代码 · CEB701
        declAgentName text 100 · 报关单位名称 · CEB701
        startTime time · 开始时间 · CEB701
        endTime time · 结束时间 · CEB701
        loctNo code 10 · 监管场所代码 · CEB701
        summaryFlag code 1 · 汇总标志 · CEB701!
        itemNameFlag code 1 · 商品名称标志 · CEB701!
        msgCount integer · 报文总数 · CEB701!
        msgSeqNo integer · 报文序号 · CEB701!
        note text 1000 buyer · 备注 · CEB701
        items list(summaryItem) · 汇总申请表体 · CEB701
        include part
        include documents
        include transport
        oneOf copNo preNo sumNo
        type 0x0612 declare.summaryRequested summary 1 · 汇总申请
        type 0x061A declare.summaryDrafted summary 1 · 汇总申请暂存
        type 0x061B declare.summaryWithdrawn summary 1 · 汇总申请撤回
        layout summaryResultItem · 汇总结果表体
        invtNo text 20 · 清单编号 · CEB792
        logisticsNo text 80 · 物流运单编号 · CEB792
        gseqno integer · 报关单商品项号 · CEB792!
        gnum integer · 商品序号 · CEB792!
        gcode code 10 · 商品编码 · CEB792!
        layout summaryResult · 汇总结果单
        guid text 36 transport · 系统唯一序号 · CEB792!
        customsCode code 4 · 申报海关代码 · CEB792!
        sumNo text 18 · 汇总申请编号 · CEB792!
        opDate time · 操作时间 · CEB792!
        declSeqNo text 18 · 报关单统一编号 · CEB792!
        decTmpNo text 18 · 报关单暂存编号 · CEB792
        decPreNo text 18 · 报关单预录入编号 · CEB792
        entryId text 18 · 报关单编号 · CEB792
        decState code 3 · 报关单状态 · CEB792!
        agentCode code 18 · 申报企业代码 · CEB792
        agentName text 100 · 申报企业名称 · CEB792
        ebcCode code 18 · 电商企业代码 · CEB792
        ebcName text 100 · 电商企业名称 · CEB792
        declAgentCode code 18 · 报关单位代码 · CEB792
        declAgentName text 100 · 报关单位名称 · CEB792
        grossWeight decimal · 毛重 · CEB792!
        netWeight decimal · 净重 · CEB792!
        msgCount integer · 报文总数 · CEB792!
        msgSeqNo integer · 报文序号 · CEB792!
        note text 1000 buyer · 备注 · CEB792
        copNo text 30 · 企业内部编号
        items list(summaryResultItem) · 汇总结果表体 · CEB792
        reason text 1000 buyer · 原因
        include part
        include documents
        include transport
        oneOf sumNo entryId copNo
        type 0x0614 declare.summaryDeclared summaryResult 1 · 汇总报关
        type 0x0615 declare.summaryReversed summaryResult 1 · 汇总冲销
        """
}
