extension Vocabulary {
    /// Inspections 查验 and releases 放行; both may be born of a receipt.
    static let inspections = """
        layout inspectionFinding · 查验发现
        gnum integer · 商品序号
        code code 60 · 异常代码
        declared text 250 buyer · 申报内容
        found text 250 buyer · 查验结果
        qty decimal · 数量
        unit code 3 · 计量单位
        layout inspectionPart · 查验部分
        agency! code 60 · 部门
        result choice(pass|passAfterChange|fail) · 结果
        findings list(inspectionFinding) · 查验发现
        disposal choice(release|return|destroy|regularise|case) · 处置
        layout inspection · 查验
        include receipt
        by choice(instruction|random|risk) · 布控方式
        campaign subject · 抽查批次
        parts list(inspectionPart) short · 查验部分
        inspectors texts buyer · 查验人员
        place text 160 · 地点
        present texts buyer · 到场人员
        population text 128 · 抽查总体摘要
        ratio decimal · 抽查比例
        commit text 128 · 随机种子承诺
        seed text 128 · 随机种子
        objects subjects · 抽查对象
        excluded subjects · 排除对象
        sampleNo text 60 · 样品编号
        gnum integer · 商品序号
        lot text 160 · 批次
        qty decimal · 数量
        unit code 3 · 计量单位
        destructive bool · 破坏性取样
        laboratory text 100 · 实验室
        standard text 250 · 标准
        result code 60 · 结果
        report text 128 · 报告
        hit bool · 查获
        highQuality bool · 高质量查获
        kind code 60 · 扣留种类
        until date · 扣留期限
        period text 60 · 稽查期间
        recovered decimal · 追补金额
        currency currency · 币制
        type 0x0701 inspect.drawn inspection 1 requires population ratio commit|seed objects · 随机抽取
        type 0x0702 inspect.ordered inspection 1 requires by|returnStatus parts|returnStatus · 查验布控
        type 0x0703 inspect.started inspection 1 · 查验开始
        type 0x0704 inspect.sampled inspection 1 requires sampleNo gnum qty unit destructive · 取样
        type 0x0705 inspect.tested inspection 1 requires laboratory result · 检测
        type 0x0706 inspect.concluded inspection 1 requires parts · 查验结论
        type 0x0707 inspect.detained inspection 1 requires kind|returnStatus · 扣留
        type 0x0708 inspect.freed inspection 1 requires reason|returnStatus · 解除扣留
        type 0x0709 inspect.audited inspection 1 requires period result · 稽查
        layout releaseLine · 放行明细
        gnum! integer · 商品序号
        qty decimal · 数量
        unit code 3 · 计量单位
        layout release · 放行
        include receipt
        gatepass text 60 · 核放单编号
        from text 160 · 起点
        to text 160 · 终点
        lists texts · 清单编号
        bondedList text 60 · 核注清单编号
        lines list(releaseLine) · 放行明细
        type 0x0801 release.granted release 1 · 放行
        type 0x0802 release.closed release 1 · 结关
        type 0x0803 release.returned release 1 · 退运
        type 0x0804 release.exited release 1 requires from to lists|bondedList · 出区
        """
}
