/// The three layers in which a document is checked.
public enum CheckLayer: String, Sendable, CaseIterable {
    /// What the schema says: elements, order, obligation, lengths, digits; and all that comes
    /// before a document can be read at all.
    case form
    /// What one value should be: times, codes, shapes, check characters.
    case values
    /// What a document's values have to say of each other.
    case business

    /// The layer as people read it.
    public var title: MessageText {
        switch self {
        case .form: MessageText(zh: "格式", en: "form")
        case .values: MessageText(zh: "取值", en: "values")
        case .business: MessageText(zh: "业务", en: "business")
        }
    }
}

/// One word that a fault or finding can carry: its layer, its meaning and where it comes from.
///
/// The only list of them; `specs/interchange-codes.md` is made from it.
public struct FindingCode: Sendable {
    /// The stable word for scripts.
    public let word: String
    public let layer: CheckLayer
    public let meaning: MessageText
    public let source: String

    /// Every code, layer by layer.
    public static let all: [FindingCode] = CheckLayer.allCases.flatMap { layer in
        (texts[layer] ?? "").split(separator: "\n").map { FindingCode($0, layer: layer) }
    }

    /// The code of a word; nil for one that the list lacks.
    public static func of(_ word: String) -> FindingCode? { byWord[word] }

    private static let byWord = Dictionary(uniqueKeysWithValues: all.map { ($0.word, $0) })

    /// Reads `word · 中文 · English · source`; a mistake in it is a programmer's error and traps.
    private init(_ line: Substring, layer: CheckLayer) {
        let parts = line.split(separator: " · ").map(String.init)
        precondition(parts.count == 4, "code line: \(line)")
        word = parts[0]
        self.layer = layer
        meaning = MessageText(zh: parts[1], en: parts[2])
        source = parts[3]
    }
}

extension InputFault {
    /// The layer that the code belongs to.
    public var layer: CheckLayer { FindingCode.of(code)?.layer ?? .form }
}

extension FindingCode {
    private static let texts: [CheckLayer: String] = [
        .form: """
        json · 不是合法的 JSON 对象 · not one JSON object · RFC 8259
        encoding · 编码不被接受，或字节不合其编码 · the encoding is not accepted, or bytes do not fit it · \
        XML, RFC 8259
        malformed · 不是格式良好的 XML · not well-formed XML · XML 1.0
        tooLarge · 报文、单证或一行超过限值 · message, document or line above its limit · limits
        tooDeep · 嵌套过深 · nested too deeply · limits
        memory · 内存不足 · out of memory · limits
        duplicate · 成员重复 · a member stands twice · RFC 8259
        specversion · CloudEvents 版本不是 1.0 · another version of CloudEvents than 1.0 · CloudEvents
        unknownType · 没有这种事件类型 · no such event type · vocabulary
        maskedInput · 已脱敏的输出不能再导入 · masked output does not come back in · privacy
        withheldInput · 缺少个人信息的输出不能再导入 · output without its personal parts does not come \
        back in · privacy
        corrects · 更正指向的写法不对 · not a reference to the corrected event · vocabulary
        unknownPosition · 没有这个位置的事件 · no event at the named position · vocabulary
        doctype · 不接受文档类型声明 · a document type is refused · hostile input
        entity · 不接受实体 · entities are refused · hostile input
        namespace · 元素不在 CEB 命名空间 · an element outside CEB's namespace · XSD
        base64 · 不是合法的 base64 · not base64 · RFC 4648
        nestedEnvelope · 信封不能套信封 · an envelope inside an envelope · limits
        unknownMessage · 不支持的报文 · a message that is not read · XSD
        unknownElement · 此处没有这个元素 · no such element here · XSD
        trailingElement · 海关多发的元素，已保留 · an element beyond the schema's last, kept · XSD, PDF
        misplaced · 元素次序不符 · an element out of order · XSD
        repeated · 元素重复 · an element stands twice · XSD
        tooMany · 出现次数超限 · more of them than allowed · XSD
        wrongLength · 长度不符 · the length is not allowed · XSD
        missingField · 缺少必填项 · something mandatory is missing · XSD, vocabulary
        wrongKind · 值的类型不符 · a value of another kind · vocabulary
        malformedDecimal · 不是合规的小数 · not an allowed decimal · XSD, vocabulary
        decimalRange · 数值超出 14 位整数 · a decimal beyond 14 digits before the point · limits
        fixedValue · 不是 XSD 的固定值 · not the value that the XSD fixes · XSD
        malformedInteger · 不是合规的整数 · not an allowed whole number · XSD, vocabulary
        malformedSubject · 主体标识格式不正确，或缺少构成它的编号 · the subject is malformed, or its numbers are \
        missing · aliases
        unknownChoice · 不在可选值内 · not one of the choices · vocabulary
        tooLong · 文字过长 · the text is too long · vocabulary
        unsigned · 报文应有数字签名 · the message lacks its signature · XSD
        quote · 引号未闭合或位置不对 · an open or misplaced quotation mark · RFC 4180
        columns · 单元格数与表头不符 · not as many cells as the header has · RFC 4180
        missingColumn · 表中没有对照文件所用的列 · a column of the mapping is not in the table · CSV
        rowsDiffer · 同一单证的各行表头数据不一致 · rows of one document differ in its head · CSV
        rowsApart · 同一单证的行不相邻 · a key that comes again after others · CSV
        besideRefused · 单证之间有被拒收的行 · a refused row between two rows of a document · CSV
        signatureUnverifiable · 签名无法验证 · the signature cannot be verified · XMLDSIG
        signatureBroken · 签名无效 · the signature is broken · XMLDSIG
        """,
        .values: """
        malformedTime · 不是合法的时间 · not a point in time · XSD text
        malformedDate · 不是合法的日期 · not a date · XSD text
        malformedIdentifier · 编号格式不符合规则 · an identifier of another shape · XSD text, specification
        wrongCheckCharacter · 校验码不正确 · the check character is wrong · GB 11643, GB 32100, GS1
        unknownCode · 不在代码表或限定值内 · not in the code list, or not the fixed value · XSD text, JGS-20
        negative · 金额或数量小于零 · an amount below zero · specification
        notPositive · 应大于零而不大于零 · not above zero where it should be · X13
        """,
        .business: """
        gnum · 项号应从 1 起连续 · lines count from 1 without a gap · X13; XSD text
        gnumRepeated · 项号重复 · two lines have one number · X13
        lineTotal · 总价不等于单价乘以数量 · a line total that is not price times quantity · X12; XSD text
        goodsValue · 商品价格与表体总价之和不符 · the goods value is not the sum of the lines · X12
        taxSum · 税款与表体税款之和不符 · a tax that is not the sum of the lines · XSD text
        actualPaid · 实际支付金额与各项之和不符 · not goods value + freight + tax − discount · X2; XSD text
        weight · 净重大于毛重 · net weight above gross weight · X13
        unit · 单位与数量不相配 · units and quantities that do not fit · X13
        modeField · 该监管或运输方式下的必填或限定值 · what the mode of trade or transport asks for · X11; XSD \
        text
        assurer · 担保企业不是单证中的企业 · the guarantor is no party of the document · XSD text
        singleLimit · 超过单次交易限值 · above the limit of one purchase · X9
        msgSeqNo · 报文序号大于报文总数 · the number of the part is above their count · XSD text
        timeRange · 起止时间不成对或次序颠倒 · start and end do not stand together in order · XSD text
        summaryScope · 既无起止时间又无清单编号 · neither a period nor lists · XSD text
        unexpectedStatus · 此类单证不应有该状态 · a status that this document does not have · XSD text
        subjectMismatch · 主体标识与数据中的编号不一致 · the subject names another number than the data · \
        aliases
        """,
    ]
}
