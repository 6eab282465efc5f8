/// The named limits of what is read from outside, each with its reason.
public enum InterchangeLimits {
    /// One JSON document, and one unfinished XML token: far above an entry's 65,535 bytes, so that
    /// every refusal for size can still show what it refuses.
    public static let documentBytes = 1 << 20
    /// One XML message: a hundred documents of a hundred lines each stay below a quarter of it.
    public static let messageBytes = 64 << 20
    /// The text of one XML document, names included, before it is called too large.
    public static let collectedBytes = 256 << 10
    /// Elements of one XML document: a head of 60 and 99 lines of 25 fit twice.
    public static let elements = 8_192
    /// Room for a transport block in an event's data; a longer one only costs a copy.
    static let transferBytes = 160
    /// Documents of one CEB message (XSD `maxOccurs`).
    public static let documents = 100
    /// Different element names of one input: the largest message has below 150.
    static let names = 1_024
    /// One element name with its namespace: CEB's are below 60.
    static let nameBytes = 512
    /// XML parsers that wait for the next input; each holds under half a megabyte.
    static let waitingParsers = 8
    /// Elements inside elements: the deepest message has four, a signature eight.
    public static let xmlDepth = 16
    /// Objects inside the envelope: the event's own depth and the envelope around it.
    public static let jsonDepth = 8
    /// What a reject keeps of the refused text.
    public static let rawBytes = 16 << 10
    /// Line feeds inside one row of a table: an address has a few; beyond it a quotation mark was
    /// left open.
    public static let rowLines = 100
    /// Rows of a table that make one document: a paper has at most 99 lines.
    public static let documentRows = 1_000
    /// Documents of a table whose keys are remembered, to notice rows that stand apart.
    public static let rememberedKeys = 65_536
    /// Faults that are listed for one document; more say nothing new.
    public static let faults = 64
}
