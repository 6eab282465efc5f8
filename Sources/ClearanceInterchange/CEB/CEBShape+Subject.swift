internal import ClearanceEvents

extension CEBShape {
    /// The subject by the message's ladder; nil when no rung has its numbers.
    func subject() -> String? {
        switch message.subject {
        case .order: orderSubject()
        case .payment: pair("payment", "payCode", "payTransactionId")
        case .waybill: pair("waybill", "logisticsCode", "logisticsNo")
        case .declaration: declarationSubject()
        }
    }

    /// An order without a platform is named by the enterprise that sells.
    private func orderSubject() -> String? {
        guard let number = text("orderNo") else { return nil }
        if let platform = text("ebpCode"), platform != "无" {
            return "order:\(part(platform))/\(part(number))"
        }
        return text("ebcCode").map { "order:~\(part($0))/\(part(number))" }
    }

    private func declarationSubject() -> String? {
        if let subject = pair("declaration", "agentCode", "copNo") { return subject }
        if let number = text("preNo") { return "pre:\(part(number))" }
        if let number = text("invtNo") { return "list:\(part(number))" }
        guard let seller = text("ebcCode"), let number = text("orderNo") else { return nil }
        return "declaration:\(part(seller))/~\(part(number))"
    }

    private func pair(_ scheme: String, _ first: String, _ second: String) -> String? {
        guard let first = text(first), let second = text(second) else { return nil }
        return "\(scheme):\(part(first))/\(part(second))"
    }

    private func part(_ text: String) -> String { SubjectPart.encoded(text) }
}

/// One part of a subject, encoded as `specs/cli.md` says.
enum SubjectPart {
    static func encoded(_ text: String) -> String {
        var result: [UInt8] = []
        for (index, byte) in text.utf8.enumerated() {
            let isPlain =
                byte > 0x20 && byte < 0x7F && !"/:@%".utf8.contains(byte)
                && !(index == 0 && byte == UInt8(ascii: "~"))
            if isPlain {
                result.append(byte)
            } else {
                result.append(UInt8(ascii: "%"))
                result.append(hex[Int(byte >> 4)])
                result.append(hex[Int(byte & 15)])
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static let hex = Array("0123456789ABCDEF".utf8)
}
