import ClearanceEvents
import ClearanceInterchange
import ClearanceSignatures
import ClearanceStore

/// With which certificates the signatures of messages are verified.
struct SignatureCheck: Sendable {
    let certificates: Certificates
    /// Names the certificates, in any order: with others a message may have another signer.
    let fingerprint: String

    init(signers: [Certificate], roots: [Certificate]) {
        certificates = Certificates(signers: signers, roots: roots)
        let names =
            signers.map { "signer " + SHA256Hash.of($0.der.span).hexadecimal }
            + roots.map { "root " + SHA256Hash.of($0.der.span).hexadecimal }
        fingerprint =
            SHA256Hash.of(Array(names.sorted().joined(separator: "\n").utf8).span).hexadecimal
    }

    /// The numbers of the messages that an enterprise signs. What customs sends has no place for a
    /// signature by its XSD, and its lack is no finding.
    static let signed: Set<String> = [
        "CEB213", "CEB215", "CEB303", "CEB311", "CEB403", "CEB411", "CEB505", "CEB507", "CEB509",
        "CEB511", "CEB513", "CEB603", "CEB605", "CEB607", "CEB621", "CEB623", "CEB625", "CEB701",
        "CEB711",
    ]
}

/// Reads an input and, when signatures are verified, keeps the documents of an XML input until its
/// end: a signature covers all of it.
struct VerifyingReader {
    private var reader: InterchangeReader
    private let hold: SignatureHold?

    init(_ reader: InterchangeReader, _ check: SignatureCheck? = nil) {
        self.reader = reader
        hold = check.map { SignatureHold($0.certificates) }
    }

    var isLineByLine: Bool { reader.isLineByLine }

    mutating func push(
        _ bytes: Span<UInt8>, isLast: Bool = false, into sink: (ParsedItem) -> Void
    ) {
        guard let hold else { return reader.push(bytes, isLast: isLast, into: sink) }
        hold.add(bytes)
        reader.push(bytes, isLast: isLast) { hold.take($0, into: sink) }
    }

    mutating func finish(into sink: (ParsedItem) -> Void) {
        guard let hold else { return reader.finish(into: sink) }
        reader.finish { hold.take($0, into: sink) }
        hold.finish(into: sink)
    }
}

/// The bytes and the documents of one input, until its signature is verified.
private final class SignatureHold {
    private enum State {
        case undecided
        /// Not XML: nothing is kept.
        case passing
        case holding
        /// More than any message has: the rest passes with the finding.
        case given(SignatureReport)
    }

    /// Far more than the documents of a message, whatever the input is.
    private static let items = 4 * InterchangeLimits.documents
    private static let tooLarge = SignatureReport(
        verdict: .unverifiable(.tooLarge), line: 0, column: 0)

    private let certificates: Certificates
    private var state = State.undecided
    private var bytes: [UInt8] = []
    private var held: [ParsedItem] = []

    init(_ certificates: Certificates) { self.certificates = certificates }

    func add(_ piece: Span<UInt8>) {
        if case .undecided = state { decide(piece) }
        switch state {
        case .undecided, .holding:
            guard bytes.count + piece.count <= SignatureLimits.messageBytes else { return give() }
            for index in piece.indices { bytes.append(piece[index]) }
        case .passing, .given: break
        }
    }

    func take(_ item: ParsedItem, into sink: (ParsedItem) -> Void) {
        switch state {
        case .undecided, .passing: sink(item)
        case .given(let report):
            if !held.isEmpty { release(into: sink) }
            sink(item.verified(report))
        case .holding:
            held.append(item)
            if held.count > Self.items { give() }
            if case .given = state { release(into: sink) }
        }
    }

    func finish(into sink: (ParsedItem) -> Void) {
        if case .holding = state,
            let time = held.compactMap(\.time).max(by: { $0.microseconds < $1.microseconds })
        {
            state = .given(XMLSignature.inspect(bytes, trusting: certificates, at: time))
        }
        release(into: sink)
    }

    private func release(into sink: (ParsedItem) -> Void) {
        bytes = []
        let items = held
        held = []
        guard case .given(let report) = state else { return items.forEach(sink) }
        for item in items { sink(item.verified(report)) }
    }

    /// As the reader decides: by the first byte behind a mark and blanks.
    private func decide(_ piece: Span<UInt8>) {
        for index in piece.indices {
            switch piece[index] {
            case 0xEF, 0xBB, 0xBF, 0x20, 0x09, 0x0A, 0x0D: continue
            case UInt8(ascii: "<"): state = .holding
            default:
                state = .passing
                bytes = []
            }
            return
        }
    }

    private func give() {
        state = .given(Self.tooLarge)
        bytes = []
    }
}

extension ParsedItem {
    fileprivate var time: Instant? {
        if case .event(let event, _, _, _) = self { return event.time }
        return nil
    }

    /// The same document with its signer, or with what keeps it from having one.
    fileprivate func verified(_ report: SignatureReport) -> ParsedItem {
        guard case .event(var event, var findings, let notes, let place) = self else {
            return self
        }
        if let signer = report.verdict.signer {
            event.signer = signer.identity
        } else if let finding = finding(report, event, findings) {
            findings.append(finding)
        }
        return .event(event, findings: findings, notes: notes, place: place)
    }

    private func finding(
        _ report: SignatureReport, _ event: Event, _ others: [InputFault]
    ) -> InputFault? {
        guard let code = report.verdict.code, let text = report.verdict.text else { return nil }
        let message = event.data.text("message") ?? ""
        if report.verdict == .unsigned {
            // A draft need not be signed yet, and the form layer may have said so already.
            let isDraft = event.type.name.hasSuffix(".drafted")
            let isTold = others.contains { $0.code == code }
            if isDraft || isTold || !SignatureCheck.signed.contains(message) { return nil }
        }
        return InputFault(
            code: code, path: message.isEmpty ? "/" : "/\(message)Message/Signature",
            line: report.line, column: report.column,
            message: MessageText(zh: text.zh, en: text.en))
    }
}
