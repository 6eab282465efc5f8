internal import ClearanceEvents

/// Turns GB 18030 (and its subsets GBK and GB 2312) into UTF-8, piece by piece.
///
/// Characters may be cut anywhere between pieces. Ends at the first byte that is no character; what
/// stood before it is converted. Cost: one pass, and a copy of what is converted.
struct GBDecoder {
    /// Where the text stops being text.
    struct Failure: Equatable {
        /// The byte of the input, from 0.
        let offset: Int
        /// Line and column of that place in the converted text, both from 1.
        let line: Int
        let column: Int
        let message: MessageText
    }

    private let iconv = Iconv()
    /// The first bytes of a character whose others have not come: at most three.
    private var carry: [UInt8] = []
    private var offset = 0
    private var line = 1
    private var column = 1
    private(set) var failure: Failure?

    /// Bytes that one call converts at most, so that a large input is not held twice.
    static let sliceBytes = 64 << 10

    /// Appends the UTF-8 of the next piece; false once the text has failed.
    mutating func decode(
        _ bytes: Span<UInt8>, isLast: Bool, into output: inout [UInt8]
    ) -> Bool {
        guard failure == nil else { return false }
        guard let iconv else {
            fail(.noTable)
            return false
        }
        let start = output.count
        var input = carry
        input.append(copying: bytes)
        let result = iconv.convert(input.span, into: &output)
        count(output.span.extracting(start...))
        offset += result.read
        carry = Array(input[result.read...])
        if result.stop == .invalid || (isLast && !carry.isEmpty) {
            fail(.notGB)
        }
        return failure == nil
    }

    private mutating func fail(_ message: MessageText) {
        failure = Failure(offset: offset, line: line, column: column, message: message)
    }

    private mutating func count(_ text: Span<UInt8>) {
        for index in text.indices {
            if text[index] == 10 {
                line += 1
                column = 1
            } else {
                column += 1
            }
        }
    }
}

extension GBDecoder.Failure {
    /// The fault of an input whose text ends here.
    func fault(path: String) -> InputFault {
        InputFault(
            code: "encoding", path: path, line: line, column: column,
            message: MessageText(
                zh: "\(message.zh)(输入的第 \(offset + 1) 字节)",
                en: "\(message.en) (byte \(offset + 1) of the input)"))
    }
}

extension MessageText {
    static let notGB = MessageText(zh: "不是合法的 GB 18030 编码", en: "not GB 18030")
    static let noTable = MessageText(
        zh: "本机没有 GB 18030 编码表", en: "this machine has no table of GB 18030")
}
