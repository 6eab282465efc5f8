import ClearanceInterchange

/// What the checks say of some documents of one input.
struct CheckPortion: InputPortion {
    /// A document of which there is something to say.
    struct Document: Sendable {
        let place: Place
        /// Why it is refused, or what is remarkable about it.
        let found: [InputFault]
        let isRefused: Bool
    }

    /// Documents of which there is nothing to say.
    var clean = 0
    var documents: [Document] = []
    private(set) var cost = 0

    /// About what a fault holds: its place, its path and what it says.
    private static let foundBytes = 256

    mutating func add(_ document: Document) {
        documents.append(document)
        cost += (document.found.count + 1) * Self.foundBytes
    }
}

/// Keeps of the documents of one piece only what the checks say.
struct CheckMaker: PortionMaker {
    private let limits: InputLimits
    private var portion = CheckPortion()

    init(limits: InputLimits) { self.limits = limits }

    mutating func take(_ item: ParsedItem, into emit: (CheckPortion) -> Void) {
        switch item {
        case .event(_, let found, _, let place):
            if found.isEmpty {
                portion.clean += 1
            } else {
                portion.add(.init(place: place, found: found, isRefused: false))
            }
        case .reject(let reject):
            portion.add(.init(place: reject.place, found: reject.faults, isRefused: true))
        }
        let isFull =
            portion.clean + portion.documents.count >= limits.portionEvents
            || portion.cost >= limits.portionBytes
        if isFull { finish(into: emit) }
    }

    mutating func finish(into emit: (CheckPortion) -> Void) {
        if portion.clean + portion.documents.count > 0 { emit(portion) }
        portion = CheckPortion()
    }
}
