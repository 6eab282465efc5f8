internal import ClearanceEvents

/// The text of one upload and where it stands in its input.
struct EvidenceSource {
    let piece: JSONPiece
    /// What stands before the paths: the member or form field that holds the upload.
    var prefix = ""
    /// The upload is the text of a member, whose own place is all that can be said.
    var isInside = false

    func fault(
        _ code: String, offset: Int, path: String, _ message: MessageText
    ) -> InputFault {
        let place = isInside ? (line: piece.line, column: piece.column) : piece.place(offset)
        return InputFault(
            code: code, path: path.isEmpty ? String(prefix.dropLast()) : prefix + path,
            line: place.line, column: place.column, message: message)
    }

    /// The refusal of the upload.
    func reject(_ faults: [InputFault], place: Place) -> Reject {
        let raw = String(
            decoding: piece.bytes.prefix(InterchangeLimits.rawBytes), as: UTF8.self)
        return Reject(
            place: place, faults: faults, raw: raw, maskedRaw: Masking.blind(raw))
    }
}

/// Reads uploads of payment data (announcements 2018/165 and 2018/179) as JSON objects, one behind
/// the other, or as form-encoded bodies.
struct EvidenceReader {
    private let file: String
    private let profile: EventProfile
    private let tape = JSONTape()
    private var splitter = JSONSplitter()
    private var form: FormBody?
    private var index = 0

    init(file: String, profile: EventProfile, isForm: Bool) {
        self.file = file
        self.profile = profile
        form = isForm ? FormBody() : nil
    }

    mutating func push(_ bytes: Span<UInt8>, into sink: (ParsedItem) -> Void) {
        guard var body = form else { return split(bytes, into: sink) }
        form = nil
        body.push(bytes) { value(part: $0, into: sink) }
        form = body
    }

    mutating func finish(into sink: (ParsedItem) -> Void) {
        if var body = form { body.finish { value(part: $0, into: sink) } }
        finishValue(into: sink)
    }

    /// A part of a form field's value; an empty one ends it.
    private mutating func value(part: [UInt8], into sink: (ParsedItem) -> Void) {
        if part.isEmpty {
            finishValue(into: sink, prefix: FormBody.field + ".")
        } else {
            split(part.span, into: sink, prefix: FormBody.field + ".")
        }
    }

    private mutating func split(
        _ bytes: Span<UInt8>, into sink: (ParsedItem) -> Void, prefix: String = ""
    ) {
        var pieces: [JSONPiece] = []
        splitter.push(bytes) { pieces.append($0) }
        for piece in pieces { take(EvidenceSource(piece: piece, prefix: prefix), into: sink) }
    }

    private mutating func finishValue(
        into sink: (ParsedItem) -> Void, prefix: String = ""
    ) {
        var pieces: [JSONPiece] = []
        splitter.finish { pieces.append($0) }
        for piece in pieces { take(EvidenceSource(piece: piece, prefix: prefix), into: sink) }
    }

    private mutating func take(_ source: EvidenceSource, into sink: (ParsedItem) -> Void) {
        index += 1
        let place = Place(
            file: file, index: index, line: source.piece.line, column: source.piece.column)
        guard parse(source, place: place, into: sink) else { return }
        // `{"payExInfoStr": "{…}"}`: the upload as the text of a member.
        if let node = tape.member(FormBody.field, of: 0), tape.kind(node) == .string {
            let start = source.piece.place(tape.offset(node))
            let inner = EvidenceSource(
                piece: JSONPiece(
                    bytes: Array(tape.text(node).utf8), line: start.line, column: start.column),
                prefix: FormBody.field + ".", isInside: true)
            guard parse(inner, place: place, into: sink) else { return }
            var parser = EvidenceParser(tape, source: inner)
            return sink(parser.item(profile: profile, place: place))
        }
        var parser = EvidenceParser(tape, source: source)
        sink(parser.item(profile: profile, place: place))
    }

    /// Fills the tape; false when the text is no JSON document, which was told.
    private func parse(
        _ source: EvidenceSource, place: Place, into sink: (ParsedItem) -> Void
    ) -> Bool {
        do throws(JSONTape.Failure) {
            if source.piece.isOverlong {
                throw JSONTape.Failure(reason: .size, offset: InterchangeLimits.documentBytes)
            }
            try tape.parse(source.piece.bytes.span)
            return true
        } catch {
            let message = error.reason == .size ? MessageText.tooLarge : error.reason.message
            let fault = source.fault(
                error.reason.code, offset: error.offset, path: "", message)
            sink(.reject(source.reject([fault], place: place)))
            return false
        }
    }
}
