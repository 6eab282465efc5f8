public import ClearanceEvents

/// Where in the input something stands.
public struct Place: Sendable, Equatable {
    /// The name of the input as the caller gave it.
    public let file: String
    /// The document's number in its file, from 1: the line's among the non-blank ones, or the
    /// document's in its message.
    public let index: Int
    /// Line of the input, from 1.
    public let line: Int
    /// Column in bytes, from 1.
    public let column: Int
}

/// What the outside says about an event beside the event itself.
public struct InputNotes: Sendable, Equatable {
    /// When the event was recorded by the ledger that printed it (`recordedtime`).
    public var recordedTime: Instant?
    /// `corrects` given as a position of the ledger; the tool looks up source and id.
    public var correctsPosition: UInt64?
    /// The word of `correctionreason`, for a correction that the tool resolves.
    public var correctionReason: Correction.Reason?

    public init() {}
}

/// A document that did not become an event: the first fault, all faults, and the text itself.
public struct Reject: Sendable, Equatable {
    public let place: Place
    /// At least one; the first is the one that a line of the rejects file names.
    public let faults: [InputFault]
    /// The refused text, cut at ``InterchangeLimits/rawBytes``. May hold personal data.
    public let raw: String
    /// The refused text with everything personal or unknown masked.
    public let maskedRaw: String

    /// The reject of a document. Traps when there is no fault.
    public init(place: Place, faults: [InputFault], raw: String, maskedRaw: String) {
        precondition(!faults.isEmpty, "a reject has a reason")
        self.place = place
        self.faults = faults
        self.raw = raw
        self.maskedRaw = maskedRaw
    }

    public var file: String { place.file }
    public var index: Int { place.index }
    public var line: Int { faults[0].line == 0 ? place.line : faults[0].line }
    public var column: Int { faults[0].column == 0 ? place.column : faults[0].column }
    public var path: String { faults[0].path }
    public var code: String { faults[0].code }
    public var message: MessageText { faults[0].message }

    /// One line of the rejects file, without its line feed.
    public func json(showsRaw: Bool) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("file", file)
            writer.member("index", index)
            writer.member("line", line)
            writer.member("column", column)
            writer.member("path", path)
            writer.member("code", code)
            writer.member("message", message)
            writer.member("customsCode", ifPresent: faults[0].customsCode)
            writer.member("raw", showsRaw ? raw : maskedRaw)
        }
        return writer.bytes
    }
}

/// What a reader yields, in the order of the input.
public enum ParsedItem: Sendable, Equatable {
    /// An event with what is remarkable about it.
    case event(Event, findings: [InputFault], notes: InputNotes, place: Place)
    /// A refused document.
    case reject(Reject)
}
