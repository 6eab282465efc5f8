extension Vocabulary {
    /// Records 备案: enterprises, goods, books, credit, penalties.
    static let records = """
        fragment person
        idType code 3 · 证件类型
        idNumber text 60 buyer identity · 证件号码
        layout relation · 关联关系
        kind! choice(branchOf|shareholder|officer|agentFor) · 关系
        subject! subject · 关联方
        validFrom date · 生效日期
        validTo date · 失效日期
        layout enterprise · 企业备案
        action! choice(create|change|cancel) · 备案类型
        name! text 250 · 企业名称
        uscc code 18 · 统一社会信用代码
        customsCode code 10 · 海关注册编码
        roles! texts · 业务类型
        agency code 60 · 备案机关
        zoneCode code 60 · 区域代码
        parkCode code 60 · 园区代码
        validFrom! date · 生效日期
        validTo date · 失效日期
        legalRepresentative text 60 buyer mark · 法定代表人
        relations list(relation) · 关联关系
        include documents
        type 0x0501 record.enterprise enterprise 1 · 企业备案
        layout goods · 商品备案
        ebcCode code 18 · 电商企业代码
        itemNo text 30 · 企业商品货号
        itemRecordNo text 30 · 账册备案料号
        emsNo text 30 · 账册编号
        gname! text 250 · 商品名称
        gcode! code 10 · 商品编码
        gtin code 14 · 全球贸易项目代码
        brand text 100 · 品牌
        country code 3 · 原产国(地区)
        unit! code 3 · 计量单位
        unit1 code 3 · 法定计量单位
        unit2 code 3 · 第二计量单位
        factors decimal · 法定单位换算率
        statClass code 60 · 统计分类
        requires texts · 监管证件
        validFrom! date · 生效日期
        validTo date · 失效日期
        include documents
        type 0x0502 record.goods goods 0 · 商品备案
        layout bookItem · 账册料件
        itemRecordNo! text 30 · 账册备案料号
        gcode code 10 · 商品编码
        gname text 250 · 商品名称
        unit code 3 · 计量单位
        unit1 code 3 · 法定计量单位
        layout book · 账册备案
        kind! code 60 · 账册类型
        areaCode! code 18 · 区内企业代码
        customsCode! code 4 · 海关代码
        validFrom! date · 生效日期
        validTo date · 失效日期
        items list(bookItem) · 账册料件
        include documents
        type 0x0503 record.book book 0 · 账册备案
        layout lot · 批次备案
        gtin! code 14 · 全球贸易项目代码
        lot! text 60 · 批次
        goods subject · 商品
        producer text 250 · 生产企业
        madeOn date · 生产日期
        expiresOn date · 失效日期
        origin code 3 · 原产国(地区)
        quantity decimal · 数量
        include documents
        type 0x0504 record.lot lot 0 · 批次备案
        layout site · 场所备案
        operator! code 18 · 经营人代码
        customsCode! code 4 · 海关代码
        zoneCode code 60 · 区域代码
        parkCode code 60 · 园区代码
        kind code 60 · 场所类型
        gates texts · 卡口
        include documents
        type 0x0505 record.site site 0 · 场所备案
        layout identity · 身份核验
        idType! code 3 · 证件类型
        idNumber! text 60 buyer identity · 证件号码
        name text 60 buyer mark · 姓名
        verifier! code 60 · 核验机构
        method code 60 · 核验方式
        result! choice(verified|failed|disputed|misused) · 核验结果
        lists texts · 被冒用清单
        include documents
        type 0x0506 record.identity identity 0 · 身份核验
        layout credential · 资质备案
        kind! \
            choice(licence|healthCertificate|conformity|AEO|foreignTrade|refundRight|\
        settlementRight) \
            · 资质种类
        number! text 60 · 编号
        issuer! text 100 · 签发机关
        validFrom! date · 生效日期
        validTo date · 失效日期
        include documents
        type 0x0507 record.credential credential 0 · 资质备案
        layout count · 统计指标
        what! choice(documentsLastYear|tradeValue|dutyPaid|errorRate|nationalErrorRate) · 指标
        year! integer · 年度
        value! decimal · 数值
        currency currency · 币制
        by! code 100 · 统计机关
        include documents
        type 0x0508 record.count count 1 · 统计指标
        layout quota · 个人额度
        include person
        year! integer · 年度
        used! decimal · 已用额度
        limit decimal · 额度
        currency currency · 币制
        by! code 100 · 通报机关
        at! time · 截至时间
        type 0x0509 record.quota quota 0 · 个人额度
        layout grade · 信用等级
        include person
        agency! code 60 · 机关
        scheme! code 60 · 制度
        grade! code 60 · 等级
        stage! choice(notified|decided|suspended|resumed|revoked) · 阶段
        decisionNo text 100 · 决定书编号
        decidedOn! date · 决定日期
        effectiveFrom! date · 生效日期
        effectiveTo date · 失效日期
        reasons texts · 认定依据
        include documents
        type 0x050A record.grade grade 1 · 信用等级
        layout party · 当事人
        subject! subject · 当事人
        role! code 60 · 身份
        amount decimal · 金额
        share decimal · 份额
        intent choice(none|negligent|intentional) · 主观状态
        name text 100 buyer · 姓名
        layout penalty · 行政处罚
        agency! code 60 · 处罚机关
        decisionNo! text 100 · 决定书编号
        kind! choice(warning|fine|confiscation|suspension|revocation) · 处罚种类
        law! text 250 · 处罚依据
        offenceFrom date · 违法行为开始日期
        offenceTo date · 违法行为结束日期
        decidedOn! date · 决定日期
        effectiveOn date · 生效日期
        dueOn date · 履行期限
        procedure choice(simplified|ordinary) · 程序
        selfDisclosed bool · 主动披露
        category code 60 · 违法类别
        parties! list(party) · 当事人
        declarations subjects · 涉案单证
        amount decimal · 罚款金额
        currency currency · 币制
        reason text 1000 buyer · 案由
        include documents
        type 0x050B record.penalty penalty 1 · 行政处罚
        layout penaltyChange · 处罚变更
        agency code 60 · 机关
        decisionNo! text 100 · 决定书编号
        by choice(review|court|agency) · 变更机关
        newAmount decimal · 变更后金额
        currency currency · 币制
        on date · 日期
        effectiveOn date · 生效日期
        paidOn date · 缴纳日期
        amount decimal · 缴纳金额
        party subject · 当事人
        reason text 1000 buyer · 原因
        include documents
        type 0x050C record.penaltyChanged penaltyChange 1 · 处罚变更
        type 0x050D record.penaltyRevoked penaltyChange 1 requires decisionNo reason · 处罚撤销
        type 0x050E record.penaltyPaid penaltyChange 1 requires decisionNo paidOn amount · 罚款缴纳
        layout case · 刑事案件
        stage! choice(filed|transferred|prosecuted|judged|dropped) · 阶段
        effectiveOn date · 生效日期
        agency code 60 · 机关
        decisionNo text 100 · 文书编号
        parties! list(party) · 当事人
        reason text 1000 buyer · 案由
        include documents
        type 0x050F record.case case 1 · 刑事案件
        layout listing · 名单
        include person
        list! choice(negative|barred|abnormal|serious|positive|keyGoods|joint) · 名单种类
        action! choice(add|remove) · 动作
        roles texts · 身份
        reason! text 1000 buyer · 原因
        authority! code 100 · 列入机关
        validFrom! date · 生效日期
        validTo date · 失效日期
        publishFrom date · 公示开始日期
        publishTo date · 公示结束日期
        include documents
        type 0x0510 record.listing listing 1 · 名单
        layout repair · 信用修复
        agency! code 60 · 机关
        step! choice(applied|accepted|granted|refused|withdrawn) · 步骤
        of! code 100 · 修复对象
        on! date · 日期
        evidence texts · 证明材料
        include documents
        type 0x0511 record.repair repair 1 · 信用修复
        layout rating · 信用评价
        agency! code 60 · 机关
        scheme! code 60 · 制度
        score decimal · 分值
        grade code 60 · 等级
        on! date · 日期
        include documents
        oneOf score grade
        type 0x0512 record.rating rating 0 · 信用评价
        layout auditRatio · 审计比率
        name! code 60 · 名称
        value! decimal · 数值
        layout audit · 审计报告
        year! integer · 年度
        opinion! code 60 · 审计意见
        auditor text 100 · 审计机构
        ratios list(auditRatio) · 审计比率
        on date · 日期
        include documents
        type 0x0513 record.audit audit 0 · 审计报告
        """
}
