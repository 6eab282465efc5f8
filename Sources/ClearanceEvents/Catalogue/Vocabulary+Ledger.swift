extension Vocabulary {
    /// The clock, decisions over matches, rule sets and the ledger itself.
    static let ledger = """
        layout day · 时钟
        date! date · 日期
        type 0x0E01 clock.day day 1 · 日终
        layout decision · 比对裁定
        action! choice(accept|reject|force|split|merge|writeOff|reopen) · 裁定
        kind code 60 · 结论细类
        papers subjects · 单证
        orders texts · 订单编号
        by code 100 buyer · 裁定人
        ruleSet text 100 · 规则集
        amount decimal · 金额
        currency currency · 币制
        validTo date · 有效期
        reason text 1000 buyer · 原因
        include documents
        type 0x0F01 match.decided decision 1 · 比对裁定
        layout ruleSet · 规则集
        id text 100 · 规则集编号
        hash text 128 · 摘要
        status code 60 · 状态
        agency code 60 · 机关
        title text 250 · 名称
        validFrom date · 生效日期
        validTo date · 失效日期
        replaces text 100 · 被取代规则集
        content text · 内容
        include documents
        oneOf id hash
        type 0x1001 rules.activated ruleSet 1 · 规则启用
        type 0x1002 rules.retired ruleSet 1 requires · 规则停用
        layout refusal · 拒绝
        refusedType! code 60 · 被拒类型
        refusedKey! text 32 · 被拒自然键
        contentMark! text 32 · 内容标记
        code! code 60 · 拒绝代码
        ruleSet text 100 · 规则集
        refusedSubject subject · 被拒标的
        content text buyer · 被拒内容
        type 0x1201 ledger.refused refusal 1 · 拒绝请求
        layout ledgerAct · 账本事项
        on date · 日期
        at time · 时间
        by code 100 buyer · 经办
        name text 250 · 名称
        number text 100 · 编号
        authority code 100 · 机关
        subjects subjects · 标的
        positions texts · 位置
        position integer · 账本位置
        count integer · 数量
        hash text 128 · 摘要
        root text 128 · 树根
        signature text 512 · 签名
        key text 512 · 公钥
        command code 60 · 命令
        fields texts · 字段
        series texts · 统计序列
        content text · 内容
        reason text 1000 buyer · 原因
        include documents
        type 0x1202 ledger.erased ledgerAct 1 · 个人信息删除
        type 0x1203 ledger.disclosed ledgerAct 1 · 披露
        type 0x1204 ledger.acknowledged ledgerAct 1 · 确认
        type 0x1205 ledger.published ledgerAct 1 · 发布
        """
}
