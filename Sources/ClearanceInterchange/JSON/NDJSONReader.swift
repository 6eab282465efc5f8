internal import ClearanceEvents

/// Reads NDJSON CloudEvents, one event a line, from pieces of any size.
///
/// Blank lines are skipped, a carriage return before the line feed is ignored, and a line longer
/// than ``InterchangeLimits/documentBytes`` is refused without being held. Cost: one pass of
/// simdjson a line, and one over its tape; an event owns seven runs of memory at most times.
struct NDJSONReader {
    private let file: String
    private let profile: EventProfile
    private let tape = JSONTape()
    private var builder = RecordBuilder(Catalogue.extras)
    private var held: [UInt8] = []
    private var isOverlong = false
    private var line: Int
    private var index: Int

    /// A reader that begins behind `before`; without it, at the start of the file.
    init(file: String, profile: EventProfile, before: LineCount = LineCount()) {
        self.file = file
        self.profile = profile
        line = before.lines + 1
        index = before.documents
    }

    /// Takes the next piece and yields what its complete lines hold.
    mutating func push(_ bytes: Span<UInt8>, into sink: (ParsedItem) -> Void) {
        var start = 0
        while let end = JSONTape.lineEnd(in: bytes, from: start) {
            // However the pieces were cut, a line beyond the limit is refused as one that was held.
            let fits = end - start <= InterchangeLimits.documentBytes + 1
            if held.isEmpty && !isOverlong && fits {
                take(bytes.extracting(start..<end), into: sink)
            } else {
                hold(bytes.extracting(start..<end))
                takeHeld(into: sink)
            }
            line += 1
            start = end + 1
        }
        hold(bytes.extracting(start..<bytes.count))
    }

    /// The last line may lack its line feed.
    mutating func finish(into sink: (ParsedItem) -> Void) {
        if !held.isEmpty || isOverlong { takeHeld(into: sink) }
    }

    private mutating func hold(_ bytes: Span<UInt8>) {
        if isOverlong { return }
        // One more for the carriage return that does not count.
        isOverlong = held.count + bytes.count > InterchangeLimits.documentBytes + 1
        let room = InterchangeLimits.documentBytes + 1 - held.count
        held.append(copying: bytes.extracting(..<min(bytes.count, room)))
    }

    private mutating func takeHeld(into sink: (ParsedItem) -> Void) {
        let bytes = held
        held.removeAll(keepingCapacity: true)
        if isOverlong {
            isOverlong = false
            index += 1
            let failure = JSONTape.Failure(
                reason: .size, offset: InterchangeLimits.documentBytes)
            sink(.reject(reject([failure.fault(line: line)], bytes.span)))
        } else {
            take(bytes.span, into: sink)
        }
    }

    private mutating func take(_ given: Span<UInt8>, into sink: (ParsedItem) -> Void) {
        var count = given.count
        if count > 0, given[count - 1] == 13 { count -= 1 }
        var first = 0
        if line == 1, count >= 3, given[0] == 0xEF, given[1] == 0xBB, given[2] == 0xBF { first = 3 }
        let bytes = given.extracting(first..<count)
        var isBlank = true
        for index in bytes.indices where bytes[index] != 32 && bytes[index] != 9 {
            isBlank = false
            break
        }
        if isBlank { return }
        index += 1
        do {
            try tape.parse(bytes)
        } catch {
            return sink(.reject(reject([error.fault(line: line)], bytes)))
        }
        var parser = EventParser(tape: tape, line: line)
        guard let event = parser.event(profile: profile, with: &builder) else {
            return sink(.reject(reject(parser.faults, bytes)))
        }
        let place = Place(file: file, index: index, line: line, column: 1)
        let findings = event.findings().map { parser.placed($0) }
        sink(.event(consume event, findings: findings, notes: parser.notes, place: place))
    }

    private func reject(_ faults: [InputFault], _ bytes: Span<UInt8>) -> Reject {
        let place = Place(file: file, index: index, line: line, column: 1)
        var raw: [UInt8] = []
        raw.append(copying: bytes.extracting(..<min(bytes.count, InterchangeLimits.rawBytes)))
        let text = String(decoding: raw, as: UTF8.self)
        return Reject(
            place: place, faults: faults, raw: text, maskedRaw: Masking.blind(text))
    }
}
