extension CodeList {
    /// Countries and regions 国家(地区) (JGS-20): three digits. No public table was found; these are
    /// the codes that samples and receipts hold.
    static let countries = CodeList(
        MessageText(zh: "国家(地区)代码", en: "countries"),
        source: "official samples and observed receipts", date: "2022", status: .partial,
        """
        116 日本
        136 泰国
        142 中国
        306 爱尔兰
        502 美国
        609 新西兰
        """)
}
