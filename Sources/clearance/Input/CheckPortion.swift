import ClearanceInterchange

/// What the checks say of some documents of one input.
struct CheckPortion: InputPortion {
    /// One fault of a refused document.
    struct Found: Sendable {
        let place: Place
        let fault: InputFault

        var line: Int { fault.line == 0 ? place.line : fault.line }
        var column: Int { fault.column == 0 ? place.column : fault.column }
    }

    var documents = 0
    var valid = 0
    var faults: [Found] = []
    var findings = 0
    /// The first of them, to be shown.
    var shownFindings: [(place: Place, fault: InputFault)] = []

    /// About what a fault holds: its place, its path and what it says.
    private static let foundBytes = 256

    var cost: Int { (faults.count + shownFindings.count) * Self.foundBytes }
}

/// Keeps of the documents of one piece only what the checks say.
struct CheckMaker: PortionMaker {
    private let limits: InputLimits
    private var portion = CheckPortion()

    init(limits: InputLimits) { self.limits = limits }

    mutating func take(_ item: ParsedItem, into emit: (CheckPortion) -> Void) {
        portion.documents += 1
        switch item {
        case .event(_, let findings, _, let place):
            portion.valid += 1
            for finding in findings {
                portion.findings += 1
                guard portion.findings <= Notices.screenful else { continue }
                portion.shownFindings.append((place, finding))
            }
        case .reject(let reject):
            for fault in reject.faults {
                portion.faults.append(CheckPortion.Found(place: reject.place, fault: fault))
            }
        }
        let isFull =
            portion.documents >= limits.portionEvents || portion.cost >= limits.portionBytes
        if isFull { finish(into: emit) }
    }

    mutating func finish(into emit: (CheckPortion) -> Void) {
        if portion.documents > 0 { emit(portion) }
        portion = CheckPortion()
    }
}
