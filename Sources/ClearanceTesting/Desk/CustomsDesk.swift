public import ClearanceEvents
public import ClearanceInterchange
import ClearanceProjections

/// Plays customs in a test: takes documents and answers with receipts.
///
///     var desk = CustomsDesk(seed: 7)
///     desk.take(order, at: now)
///     let receipts = desk.answers(until: later)
///
/// Papers wait for each other: a list is entered when its order, payment and waybill stand, and
/// then released; what cannot be taken is answered with customs' negative number. Deterministic:
/// the same documents at the same times and the same seed give the same receipts. Unlike the folds
/// it takes documents as they arrive, as customs does. Source: `specs/desk.md`.
public struct CustomsDesk: Sendable {
    /// How customs treats what is in order.
    public struct Settings: Sendable, Equatable {
        /// The edition of the receipts' messages.
        public var schema = "202205"
        /// The share of lists that an officer looks through (300, then 399).
        public var reviewed = 0.0
        /// The share of lists whose goods are inspected (500).
        public var inspected = 0.0
        /// The share of lists that an officer rejects (100, code 1300).
        public var rejected = 0.0

        public init() {}
    }

    let settings: Settings
    var dice: Dice
    var cards: [String: DeskCard] = [:]
    private var due: [Event] = []
    private var given = 0

    /// A desk without documents.
    public init(seed: UInt64, settings: Settings = Settings()) {
        self.settings = settings
        dice = Dice(seed: seed, tag: Tag.file)
    }

    /// Hands one document in at a time. What no enterprise sends is ignored.
    public mutating func take(_ document: Event, at time: Instant) {
        guard let form = DeskKind.form(of: document) else { return }
        let name = DeskCard.name(of: document, form.kind)
        var card = cards[name] ?? DeskCard(kind: form.kind)
        if card.preNo == nil, let letter = form.kind.letter { card.preNo = number(letter, time) }
        if document.data.text("appStatus") == "1" {
            cards[name] = card
            return say(document, card, 1, at: time.adding(seconds: 2), "电子口岸已暂存")
        }
        if card.knows(document) { return }
        if let refusal = refusal(of: document, card) {
            let outcome = SubmissionOutcome(
                refusal, of: form.kind.paper,
                isExport: DeskKind.isExport(document.data.text("message") ?? ""))
            cards[name] = card
            return say(
                document, card, outcome.number ?? -1, at: time.adding(seconds: 3),
                outcome.message.zh)
        }
        card.keep(document)
        cards[name] = card
        let guid = document.data.text("guid") ?? ""
        say(document, card, 2, at: time.adding(seconds: 5), "新增申报成功[\(guid)]")
        if card.stands, !card.isOpen { proceed(name, at: time.adding(seconds: 5)) }
    }

    /// Hands a CEB message in. A message that cannot be read is answered with CEB900.
    public mutating func take(message bytes: [UInt8], at time: Instant) {
        var documents: [Event] = []
        var isUnreadable = false
        func collect(_ item: ParsedItem) {
            if case .event(let event, _, _, _) = item {
                documents.append(event)
            } else {
                isUnreadable = true
            }
        }
        var reader = InterchangeReader(file: "message")
        reader.push(bytes.span, isLast: true) { collect($0) }
        reader.finish { collect($0) }
        for document in documents { take(document, at: time) }
        if isUnreadable { sayUnreadable(at: time.adding(seconds: 1)) }
    }

    /// The receipts given by then and not fetched before, in the order of their times.
    public mutating func answers(until time: Instant) -> [Event] {
        let ready = due.indices.filter { due[$0].time.microseconds <= time.microseconds }
        let fetched = ready.sorted {
            let left = due[$0].time.microseconds
            let right = due[$1].time.microseconds
            return left == right ? $0 < $1 : left < right
        }.map { due[$0] }
        due = due.indices.filter { !ready.contains($0) }.map { due[$0] }
        return fetched
    }

    /// Receipts as CEB messages. Throws what the writer refuses.
    public static func messages(
        _ receipts: [Event]
    ) throws(CEBRefusal) -> [CEBWriter.Message] {
        var writer = CEBWriter()
        for receipt in receipts { try writer.add(receipt) }
        return writer.finish()
    }

    /// A letter, the day and nine digits.
    mutating func number(_ letter: String, _ time: Instant) -> String {
        given += 1
        return letter + time.customs.prefix(8) + String(1_000_000_000 + given).dropFirst()
    }

    // MARK: Receipts

    /// Answers a document with a status.
    mutating func say(
        _ document: Event, _ card: DeskCard, _ status: Int, at time: Instant, _ text: String
    ) {
        guard let form = DeskKind.form(of: document) else { return }
        var scribe = Scribe(schema: settings.schema, dice: dice)
        let receipt = scribe.receipt(
            form.kind.type(of: status), subject: document.subject, message: form.receipt,
            status: status, at: time, text: text
        ) { data in
            for key in form.keys { data.put(key, document.data.text(key)) }
            data.put("preNo", card.preNo)
            if form.kind == .list { data.put("invtNo", card.invtNo) }
            if form.kind == .summary { data.put("sumNo", card.sumNo) }
        }
        dice = scribe.dice
        due.append(receipt)
    }

    private mutating func sayUnreadable(at time: Instant) {
        let original = number("M", time)
        var scribe = Scribe(schema: settings.schema, dice: dice)
        let receipt = scribe.receipt(
            "receipt.failed", subject: "message:" + original, message: "CEB900", status: -2,
            at: time, text: "数据包不能通过schema 验证"
        ) { data in
            data.put("oriCopMsgId", original)
            data.put("oriMessageType", "CEBMessage")
            data.put("oriBizMessage", "<CEBMessage/>")
        }
        dice = scribe.dice
        due.append(receipt)
    }
}
