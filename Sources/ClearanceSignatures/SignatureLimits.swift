/// The named limits of what is verified, each with its reason.
public enum SignatureLimits {
    /// One message: twice what a hundred documents of a hundred lines each come to.
    public static let messageBytes = 32 << 20
    /// Elements, attributes and name spaces of one message, and twice its comments, instructions
    /// and CDATA, because each becomes a node or two of 120 bytes: a hundred documents of a
    /// hundred lines of 25 fields fit.
    public static let nodes = 1 << 19
    /// Elements inside elements: the deepest message has four, its signature eight.
    public static let depth = 16
    /// One tag, because the parser compares each of its attributes with all before it: the root of
    /// a message has 200 bytes.
    public static let tagBytes = 4 << 10
    /// Name spaces in force at one element, because each element looks through all of them.
    public static let nameSpaces = 64
    /// The bytes of a certificate that comes with a signature; those of the field have two
    /// thousand at most.
    static let certificateBytes = 16 << 10
    /// Elements of a signature: the full form has twelve, a chain of certificates a few more.
    static let elements = 64
    /// Certificates that come with a signature to lead from its own to a given root.
    static let certificates = 8
    /// Bits of an RSA key that is made here; the keys of the field have 1,024 or 2,048.
    static let keyBits = 1_024...8_192
}
