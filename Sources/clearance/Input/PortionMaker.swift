import ClearanceInterchange

/// What was made of some documents, ready to be taken in the order of the input.
protocol InputPortion: Sendable {
    /// About how many bytes it holds; bounds how much waits.
    var cost: Int { get }
}

/// Turns the documents of one piece of an input into portions, on the thread that reads it.
protocol PortionMaker: SendableMetatype {
    associatedtype Portion: InputPortion

    /// Takes a document and hands portions on that are full.
    mutating func take(_ item: ParsedItem, into emit: (Portion) -> Void)

    /// The piece has ended: hands on what is left.
    mutating func finish(into emit: (Portion) -> Void)
}
