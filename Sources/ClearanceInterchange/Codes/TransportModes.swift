extension CodeList {
    /// Modes of transport 运输方式 (JGS-20): one digit or capital letter.
    static let transportModes = CodeList(
        MessageText(zh: "运输方式代码", en: "modes of transport"),
        source: "a third party's copy of customs' tables", date: "2018", status: .provisional,
        """
        0 非保税区
        1 监管仓库
        2 水路运输
        3 铁路运输
        4 公路运输
        5 航空运输
        6 邮件运输
        7 保税区
        8 保税仓库
        9 其他方式运输
        G 固定设施运输
        H 边境特殊海关作业区
        L 旅客携带
        T 综合实验区
        W 物流中心
        X 物流园区
        Y 保税港区
        Z 出口加工区
        """)
}
