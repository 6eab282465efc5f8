/// A message in both languages of the product; it never holds a value of the document.
public struct MessageText: Sendable, Equatable {
    public let zh: String
    public let en: String

    /// A message that says the same in Chinese and in English.
    public init(zh: String, en: String) {
        self.zh = zh
        self.en = en
    }
}

/// One thing that is wrong with a document, and where.
///
/// As a *fault* it refuses the document, as a *finding* it stands beside the kept event.
public struct InputFault: Sendable, Equatable {
    /// The stable word for scripts; all are listed in `specs/interchange-codes.md`.
    public let code: String
    /// The place inside the document: an XPath (`/CEB311Message/Order[2]/OrderHead/appTime`) or
    /// a JSON path (`data.items[0].qty`).
    public let path: String
    /// Line of the input, from 1; 0 when the place is not a single one.
    public let line: Int
    /// Column in bytes, from 1; 0 when the place is not a single one.
    public let column: Int
    public let message: MessageText

    /// A fault at a place of the input.
    public init(
        code: String, path: String, line: Int = 0, column: Int = 0, message: MessageText
    ) {
        self.code = code
        self.path = path
        self.line = line
        self.column = column
        self.message = message
    }

    /// Writes `path code message`, and `customsCode` and `note` where there are some, as members of
    /// the object that is open; with `layer`, the layer too and `customsCode` always.
    public func writeMembers(to writer: inout JSONWriter, withLayer: Bool) {
        writer.member("path", path)
        writer.member("code", code)
        writer.member("message", message)
        if withLayer {
            writer.member("layer", layer.rawValue)
            if customsCode == nil {
                writer.name("customsCode")
                writer.null()
            }
        }
        writer.member("customsCode", ifPresent: customsCode)
        if let note { writer.member("note", note) }
    }
}
