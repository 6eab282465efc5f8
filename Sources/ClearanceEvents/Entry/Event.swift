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
/// its own id or time. Source: `specs/events/README.md`.
public struct Event: Sendable, Equatable {
    public var type: EventType
    public var subject: String
    public var time: Instant
    public var source: String
    public var id: String
    /// The enterprise or authority that says it.
    public var actor: String?
    public var actorRole: String?
    public var onBehalfOf: String?
    /// A counter per `source`; a gap is a finding.
    public var sequence: String?
    public var corrects: Correction?
    public var signer: String?
    public var data: DataRecord
    /// Unknown envelope attributes, kept as they came.
    public var extras: DataRecord
    /// What of ``data`` could not be read; empty for an event that is whole.
    public internal(set) var withheld = WithheldSections()

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
        extras = DataRecord(Catalogue.extras)
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

extension Catalogue {
    /// The layout of unknown envelope attributes: it knows no field.
    public static let extras = RecordLayout(
        name: "extras", chinese: "其他属性", fields: [], oneOf: [])
}
