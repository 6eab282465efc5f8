/// The text form of the vocabulary, family by family, in the order of the data.
enum Vocabulary {
    static let texts: [String] = [
        common,
        orders,
        payments,
        papers,
        receipts,
        declare,
        requests,
        returns,
        moves,
        taxes,
        settlements,
        refunds,
        inspections,
        records,
        risks,
        ledger,
    ]

    /// Parts that many layouts share: documents, transport fields, split documents.
    static let common = """
        layout document · 随附单证
        name! text 250 buyer · 单证名称
        hash! text 128 · 摘要
        layout transfer · 报文传输信息
        copCode text 18 · 传输企业代码 · BaseTransfer!
        copName text 100 · 传输企业名称 · BaseTransfer
        dxpMode text 3 · 报文传输模式 · BaseTransfer!
        dxpId text 30 · 报文传输编号 · BaseTransfer
        note text 1000 buyer · 备注 · BaseTransfer
        layout subscribe · 订阅信息
        status code 100 · 税单状态 · BaseSubscribe
        dxpMode text 3 · 报文传输模式 · BaseSubscribe!
        dxpAddress text 100 · 订阅地址 · BaseSubscribe
        note text 1000 buyer · 备注 · BaseSubscribe
        fragment documents
        documents list(document) · 随附单证
        fragment transport
        message code 16 transport · 报文类型
        schema code 16 transport · 报文版本
        messageGuid text 36 transport · 报文序号
        messageVersion text 10 transport · 报文版本号
        baseTransfer record(transfer) transport · 报文传输信息
        baseSubscribe list(subscribe) transport · 订阅信息
        extendMessage any transport buyer · 扩展信息
        fragment part
        part integer · 分段序号
        partCount integer · 分段总数
        """
}
