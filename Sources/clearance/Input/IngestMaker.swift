import ClearanceEvents
import ClearanceInterchange
import ClearanceLedger

/// Encodes the events of one piece as they come, so that nothing of them is held but their entries.
struct IngestMaker: PortionMaker {
    private var encoder: BatchEncoder
    private let showsRaw: Bool
    private let judges: Bool
    private let limits: InputLimits
    private var portion = IngestPortion()

    /// - Parameters:
    ///   - showsRaw: whether rejects keep what was refused unmasked.
    ///   - judges: whether requests are judged, for which the events themselves are needed.
    init(_ encoder: BatchEncoder, showsRaw: Bool, judges: Bool, limits: InputLimits) {
        self.encoder = encoder
        self.showsRaw = showsRaw
        self.judges = judges
        self.limits = limits
    }

    mutating func take(_ item: ParsedItem, into emit: (IngestPortion) -> Void) {
        switch item {
        case .reject(let reject): portion.add(reject, showsRaw: showsRaw)
        case .event(let event, let findings, let notes, let place):
            if let position = notes.correctsPosition {
                finish(into: emit)
                portion.add(findings, at: place)
                portion.open = IngestPortion.Open(
                    event: event, place: place, position: position,
                    reason: notes.correctionReason ?? .incorrectData)
                return finish(into: emit)
            }
            portion.add(findings, at: place)
            add(event, at: place)
        }
        let isFull =
            portion.places.count + portion.rejected >= limits.portionEvents
            || portion.cost >= limits.portionBytes
        if isFull { finish(into: emit) }
    }

    mutating func finish(into emit: (IngestPortion) -> Void) {
        if judges { _ = encoder.take() } else { portion.entries = encoder.take() }
        if !portion.isEmpty { emit(portion) }
        portion = IngestPortion()
    }

    private mutating func add(_ event: Event, at place: Place) {
        let before = encoder.byteCount
        do throws(EncodingRefusal) {
            try encoder.add(event)
        } catch {
            return portion.add(Reject(event, place, error), showsRaw: showsRaw)
        }
        if judges { portion.events.append(event) }
        portion.add(place, entryBytes: encoder.byteCount - before, isEvent: judges)
    }
}
