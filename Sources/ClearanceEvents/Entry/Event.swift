/// Which event another one corrects, and how (`specs/events/README.md`, correction).
public struct Correction: Sendable, Equatable {
    /// Whether the named event is replaced or void.
    public enum Reason: UInt8, Sendable {
        /// The named event is replaced by this one.
        case incorrectData = 1
        /// The named event is void from this one on.
        case didNotOccur = 2

        /// The word used outside.
        public var word: String { self == .incorrectData ? "incorrectData" : "didNotOccur" }

        public init?(word: String) {
            switch word {
            case "incorrectData": self = .incorrectData
            case "didNotOccur": self = .didNotOccur
            default: return nil
            }
        }
    }

    /// The `source` of the corrected event.
    public let source: String
    /// The `id` of the corrected event.
    public let id: String
    public let reason: Reason

    public init(source: String, id: String, reason: Reason) {
        self.source = source
        self.id = id
        self.reason = reason
    }
}

/// Something that was said: by whom, about which subject, when it happened, and its payload.
///
/// The owned form, for the API, JSON and tests; folds read ``EventView``. An event never makes
/// its own id or time. What few events have stands apart, so that a copy of any other counts few
/// references. Source: `specs/events/README.md`.
public struct Event: Sendable, Equatable {
    public var type: EventType
    public var subject: String
    public var time: Instant
    public var source: String
    public var id: String
    public var data: DataRecord
    /// The optional attributes; nil when there is none.
    private(set) var rare: RareAttributes?
    /// What of ``data`` could not be read; empty for an event that is whole.
    public internal(set) var withheld = WithheldSections()

    /// The enterprise or authority that says it.
    public var actor: String? {
        get { rare?.values.actor }
        set { change { $0.actor = newValue } }
    }
    /// What the actor is in it.
    public var actorRole: String? {
        get { rare?.values.actorRole }
        set { change { $0.actorRole = newValue } }
    }
    /// For whom the actor says it.
    public var onBehalfOf: String? {
        get { rare?.values.onBehalfOf }
        set { change { $0.onBehalfOf = newValue } }
    }
    /// A counter per `source`; a gap is a finding.
    public var sequence: String? {
        get { rare?.values.sequence }
        set { change { $0.sequence = newValue } }
    }
    /// Which event this one corrects; nil for most.
    public var corrects: Correction? {
        get { rare?.values.corrects }
        set { change { $0.corrects = newValue } }
    }
    /// Who signed the paper, where that was verified.
    public var signer: String? {
        get { rare?.values.signer }
        set { change { $0.signer = newValue } }
    }
    /// Unknown envelope attributes, kept as they came.
    public var extras: DataRecord {
        get { (rare?.values ?? .none).extras }
        set { change { $0.extras = newValue } }
    }

    private mutating func change(_ body: (inout RareAttributes.Values) -> Void) {
        var values = rare?.values ?? .none
        body(&values)
        // Two events without any are equal, whatever they had before.
        rare = values == .none ? nil : RareAttributes(values)
    }

    /// An event with the mandatory attributes and no data.
    public init(
        type: EventDefinition, subject: String, time: Instant, source: String, id: String
    ) {
        self.type = EventType(code: type.code)
        self.subject = subject
        self.time = time
        self.source = source
        self.id = id
        data = DataRecord(type.layout)
    }

    /// The event type `name`, without its prefix. Traps for a type that the vocabulary lacks;
    /// for names from outside use ``Catalogue/type(named:)``.
    public init(_ name: String, subject: String, time: Instant, source: String, id: String) {
        guard let definition = Catalogue.current.type(named: name) else {
            preconditionFailure("no event type \(name)")
        }
        self.init(type: definition, subject: subject, time: time, source: source, id: id)
    }
}

/// The attributes of an event that most events do not have. Never changed: an event that is gets
/// another one.
final class RareAttributes: Sendable, Equatable {
    struct Values: Sendable, Equatable {
        var actor: String?
        var actorRole: String?
        var onBehalfOf: String?
        var sequence: String?
        var corrects: Correction?
        var signer: String?
        var extras = DataRecord(Catalogue.extras)

        static let none = Values()
    }

    let values: Values

    init(_ values: Values) { self.values = values }

    static func == (left: RareAttributes, right: RareAttributes) -> Bool {
        left === right || left.values == right.values
    }
}

extension Catalogue {
    /// The layout of unknown envelope attributes: it knows no field.
    public static let extras = RecordLayout(
        name: "extras", chinese: "其他属性", fields: [], oneOf: [])
}
