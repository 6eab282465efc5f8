extension CEBMessage {
    /// 报文格式校验回执: customs could not read a message.
    /// Source: XSD of both editions, `CEB900Message`.
    static let ceb900 = CEBMessage(
        "CEB900", "报文格式校验回执", document: "MessageReturn", meaning: .formFailure, subject: .message,
        times: [.returnTime], documents: 1,
        fields: """
            guid! C36
            returnStatus! C1..10
            returnInfo! C0..5000
            returnTime! C17
            oriCopMsgId! C0..255
            oriMessageType! C0..15
            oriBizMessage! C0..
            """)
}
