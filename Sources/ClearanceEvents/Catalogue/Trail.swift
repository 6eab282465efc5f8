/// Where a walk over an event's data stands: the places of members and items, outermost first.
///
/// The text of a path is made for a fault alone, so that a sound event does not pay for it.
struct Trail {
    private let root: DataRecord
    private var places: [Int] = []

    /// A trail at the members of `root`.
    init(_ root: DataRecord) {
        self.root = root
        places.reserveCapacity(EventLimits.depth)
    }

    /// Steps to the member or item at this place of what the trail stands at.
    mutating func enter(_ place: Int) { places.append(place) }

    /// Steps back to what holds it.
    mutating func leave() { places.removeLast() }

    /// The path as people read it, e.g. `data.items[0].qty`.
    var path: String {
        var path = "data"
        var value = DataValue.record(root)
        for place in places {
            switch value {
            case .record(let record):
                path += ".\(record.members[place].name)"
                value = record.members[place].value
            case .list(let items):
                path += "[\(place)]"
                value = items[place]
            default: preconditionFailure("only records and lists hold something")
            }
        }
        return path
    }
}
