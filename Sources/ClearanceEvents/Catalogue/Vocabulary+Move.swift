extension Vocabulary {
    /// Movements of goods 货物流: CEB513, 711, 507, 509.
    static let moves = """
        layout movementItem · 货物流表体
        gnum integer · 序号 · CEB711! CEB507! CEB509!
        logisticsNo text 80 · 物流运单编号 · CEB711! CEB507 CEB509
        totalPackageNo text 37 · 总包号 · CEB507 CEB509
        note text 1000 buyer · 备注 · CEB711 CEB507 CEB509
        layout movementObject · 货物
        subject subject · 标的
        lot text 160 · 批次
        itemRecordNo text 30 · 账册备案料号
        gnum integer · 商品序号
        qty decimal · 数量
        unit code 3 · 计量单位
        layout movement · 货物流
        guid text 36 transport · 系统唯一序号 · CEB513! CEB711! CEB507! CEB509!
        appType code 1 · 报送类型 · CEB513! CEB711! CEB507! CEB509!
        appTime time · 报送时间 · CEB513! CEB711! CEB507! CEB509!
        appStatus code 3 · 业务状态 · CEB513! CEB711! CEB507! CEB509!
        customsCode code 4 · 申报海关代码 · CEB711! CEB507! CEB509!
        copNo text 30 · 企业内部编号 · CEB711 CEB507 CEB509
        preNo text 18 · 预录入编号 · CEB711 CEB507 CEB509
        rkdNo text 18 · 入库单编号 · CEB711
        operatorCode code 18 · 监管场所经营人代码 · CEB711! CEB507
        operatorName text 100 · 监管场所经营人名称 · CEB711! CEB507
        loctNo code 10 · 监管场所代码 · CEB507
        ieFlag code 1 · 进出口标记 · CEB711! CEB507!
        trafMode code 1 · 运输方式 · CEB711! CEB507! CEB509!
        trafName text 100 · 运输工具名称 · CEB509
        trafNo text 100 · 运输工具编号 · CEB711!
        voyageNo text 32 · 航班航次号 · CEB711! CEB509
        billNo text 37 · 提运单号 · CEB711! CEB507 CEB509
        leaveTime time · 离境时间 · CEB509!
        domesticTrafNo text 100 · 境内运输工具编号 · CEB507
        logisticsCode code 18 · 物流企业代码 · CEB513! CEB711! CEB507 CEB509
        logisticsName text 100 · 物流企业名称 · CEB513! CEB711! CEB507 CEB509
        msgCount integer · 报文总数 · CEB507! CEB509!
        msgSeqNo integer · 报文序号 · CEB507! CEB509!
        unloadLocation text 100 · 卸货库位 · CEB711
        logisticsNo text 60 · 物流运单编号 · CEB513!
        logisticsStatus code 1 · 运单状态 · CEB513!
        logisticsTime time · 物流状态时间 · CEB513!
        note text 1000 buyer · 备注 · CEB513 CEB711 CEB507 CEB509
        items list(movementItem) · 货物流表体 · CEB711 CEB507 CEB509
        objects list(movementObject) · 货物
        place text 160 · 地点
        holder text 160 · 保管人
        owner text 160 · 货主
        into subject · 装入
        outOf subject · 取出
        inputs list(movementObject) · 投入
        outputs list(movementObject) · 产出
        from text 160 · 起点
        to text 160 · 终点
        buyer text 160 · 买方企业
        guarantee subject · 担保
        returnBy date · 归还期限
        witness text 100 buyer · 见证人
        treatment code 60 · 处置方式
        amount decimal · 金额
        currency currency · 币制
        reason text 1000 buyer · 原因
        include part
        include documents
        include transport
        oneOf objects items logisticsNo inputs outputs billNo
        type 0x0C01 move.arrived movement 1 · 运抵
        type 0x0C02 move.departed movement 1 · 离境
        type 0x0C03 move.status movement 1 · 运单状态
        type 0x0C04 move.delivered movement 1 · 签收
        type 0x0C05 move.packed movement 1 · 装箱
        type 0x0C06 move.unpacked movement 1 · 拆箱
        type 0x0C07 move.picked movement 1 · 拣选
        type 0x0C08 move.transformed movement 1 · 加工
        type 0x0C09 move.transferred movement 1 · 移交
        type 0x0C0A move.displayed movement 1 · 展示
        type 0x0C0B move.counted movement 1 · 盘点
        type 0x0C0C move.adjusted movement 1 · 调整
        type 0x0C0D move.destroyed movement 1 · 销毁
        type 0x0C0E move.lost movement 1 · 灭失
        type 0x0C0F move.sold movement 1 · 销售
        """
}
