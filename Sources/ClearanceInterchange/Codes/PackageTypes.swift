extension CodeList {
    /// Package types 包装种类 as CEB writes them: one digit of the list before 2018, from general
    /// knowledge. The two digits since 2018 do not fit the field.
    static let packageTypes = CodeList(
        MessageText(zh: "包装种类代码", en: "package types"),
        source: "general knowledge; the XSD says one digit", date: "2018", status: .partial,
        """
        1 木箱
        2 纸箱
        3 桶装
        4 散装
        5 托盘
        6 包
        7 其他
        """)
}
