extension Vocabulary {
    /// Risks 风险, alerts and recalls.
    static let risks = """
        layout risk · 风险
        source choice(complaint|monitor|test|authority|detector) · 来源
        about subjects · 对象
        category code 60 · 类别
        level code 60 · 等级
        score decimal · 分值
        measures texts · 措施
        by code 100 · 处置单位
        result code 60 · 结果
        reason text 1000 buyer · 原因
        include documents
        type 0x0D01 risk.collected risk 0 requires source about category · 风险采集
        type 0x0D02 risk.assessed risk 0 requires level · 风险评估
        type 0x0D03 risk.handled risk 0 requires measures by · 风险处置
        type 0x0D04 risk.rechecked risk 0 requires result · 风险复查
        type 0x0D05 risk.closed risk 0 requires result · 风险办结
        layout recall · 预警召回
        about subjects · 对象
        lots subjects · 批次
        level code 60 · 等级
        authority code 100 · 机关
        startedOn date · 开始日期
        publishTo date · 公示截止日期
        on date · 日期
        found decimal · 找到数量
        returned decimal · 召回数量
        destroyed decimal · 销毁数量
        unknown decimal · 下落不明数量
        unit code 3 · 计量单位
        reason text 1000 buyer · 原因
        include documents
        type 0x0D06 risk.alert recall 0 requires about level · 风险预警
        type 0x0D07 risk.recall recall 0 requires lots level startedOn · 召回
        type 0x0D08 risk.recallReported recall 0 requires found|returned|destroyed|unknown · 召回进展
        type 0x0D09 risk.recallClosed recall 0 requires on · 召回办结
        """
}
