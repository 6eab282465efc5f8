/// Collects the names by which one event is tied to things.
///
/// A *thing* of a grouping is a set of keys joined by events; which subjects are one thing is
/// derived from these links alone and never stored in an event (`specs/aliases.md`).
public struct LinkSink: Sendable {
    /// How an event is tied to a key.
    public enum Role: UInt8, Sendable {
        /// All joining keys of one event are one thing, and the event belongs to it.
        case joins = 0
        /// The event belongs to the thing of this key; keys are not made one.
        case concerns = 1
        /// The event belongs to every thing that has an event with the same `via` key.
        case via = 2
    }

    /// One tie.
    public struct Link: Sendable, Hashable {
        public let role: Role
        public let key: Digest16

        public init(role: Role, key: Digest16) {
            self.role = role
            self.key = key
        }
    }

    /// What was collected, in the order given, each tie once.
    public private(set) var links: [Link] = []
    /// The same ties, once there are many: a manifest names thousands.
    private var seen: Set<Link> = []
    /// Up to so many ties a look at all of them is the cheapest.
    private static let few = 32

    public init() { links.reserveCapacity(8) }

    /// Forgets everything and keeps the storage.
    public mutating func clear() {
        links.removeAll(keepingCapacity: true)
        if !seen.isEmpty { seen.removeAll(keepingCapacity: true) }
    }

    public mutating func joins(_ key: Digest16) { add(.joins, key) }
    public mutating func concerns(_ key: Digest16) { add(.concerns, key) }
    public mutating func via(_ key: Digest16) { add(.via, key) }

    private mutating func add(_ role: Role, _ key: Digest16) {
        let link = Link(role: role, key: key)
        if links.count < LinkSink.few {
            if links.contains(link) { return }
        } else {
            if seen.isEmpty { seen = Set(links) }
            guard seen.insert(link).inserted else { return }
        }
        links.append(link)
    }
}

/// A way to cut the log into things: consignments, enterprises, …
public protocol Grouping: Sendable {
    /// The stable name, part of table names and digests.
    static var name: String { get }
    /// Raised when ``links(of:into:)`` changes; state of another version is rebuilt.
    static var version: UInt16 { get }
    /// The ties of one event; pure, looks at the event alone.
    static func links(of event: EventView, into sink: inout LinkSink)
    /// The ties that a subject alone has: how a question finds its thing by any alias.
    static func links(ofSubject subject: Span<UInt8>, into sink: inout LinkSink)
}
