internal import ClearanceEvents

/// Parts a table into rows and cells by RFC 4180, from pieces of any size.
///
/// Bytes are read before any decoding: in no encoding that is read here is a separator, mark or
/// line feed part of another character. A mark inside a cell that does not begin with one is an
/// ordinary character. A broken line is given up alone: reading goes on with the line behind it.
struct CSVScanner {
    private enum State {
        case cellStart, plain, quoted, mark
        /// Behind a mistake, on the way to the line's end.
        case broken
    }

    private let separator: UInt8
    private var state = State.cellStart
    /// Bytes from the open row's first one on, and how far they were looked at.
    private var held: [UInt8] = []
    private var index = 0
    /// Where the open row begins in `held`.
    private var rowStart = 0
    private var cells: [CSVRow.Cell] = []
    private var cellStart = 0
    private var cellLine = 1
    private var cellColumn = 1
    private var isQuoted = false
    private var cellEnd = 0
    /// The open row's first line and the line that is read; where the latter begins in `held`.
    private var firstLine = 1
    private var line = 1
    private var lineStart = 0
    /// Behind the first line of the open row; nil while that has not ended.
    private var firstLineEnd: Int?
    /// The column of the cell that the first line left open.
    private var openColumn = 1
    private var zero: Int?
    /// Where a mark was misplaced.
    private var mistake: Int?
    /// An endless line was given up: everything up to its end is dropped.
    private var isSkipping = false

    /// Bytes that are looked at before what came of them is handed on.
    private static let sliceBytes = 64 << 10

    init(separator: UInt8, line: Int = 1) {
        self.separator = separator
        self.line = line
        firstLine = line
    }

    mutating func push(_ bytes: Span<UInt8>, into sink: (CSVItem) -> Void) {
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + CSVScanner.sliceBytes)
            held.append(copying: bytes.extracting(start..<end))
            start = end
            scan(into: sink)
        }
    }

    /// The last row may lack its line feed.
    mutating func finish(into sink: (CSVItem) -> Void) {
        while true {
            if isSkipping || held.isEmpty { return }
            if state != .quoted {
                endCell(at: held.count)
                endRow(at: held.count, next: held.count, into: sink)
                return
            }
            giveUp(.quote, at: held.count, into: sink)
            scan(into: sink)
        }
    }

    private mutating func scan(into sink: (CSVItem) -> Void) {
        if isSkipping {
            guard let end = held.firstIndex(of: 10) else {
                held.removeAll(keepingCapacity: true)
                return
            }
            isSkipping = false
            line += 1
            restart(at: end + 1)
        }
        while index < held.count {
            let byte = held[index]
            if byte == 0, zero == nil { zero = index }
            if step(byte) {
                index += 1
            } else if byte == 10 {
                endRow(at: index, next: index + 1, into: sink)
            } else if firstLineEnd != nil {
                giveUp(.quote, at: index, into: sink)
            } else {
                mistake = index
                state = .broken
            }
            if index - rowStart > InterchangeLimits.documentBytes
                || line - firstLine > InterchangeLimits.rowLines
            {
                giveUp(firstLineEnd == nil ? .tooLarge : .quote, at: index, into: sink)
            }
        }
        drop()
    }

    /// Takes one byte; false at a line feed that ends the row, and at what may not stand here.
    private mutating func step(_ byte: UInt8) -> Bool {
        switch state {
        case .broken: return byte != 10
        case .cellStart:
            cellStart = index
            cellLine = line
            cellColumn = index - lineStart + 1
            isQuoted = byte == UInt8(ascii: "\"")
            if isQuoted {
                cellStart += 1
                state = .quoted
                return true
            }
            state = .plain
            return step(byte)
        case .plain:
            if byte == 10 {
                endCell(at: index)
                return false
            }
            if byte == separator { endCell(at: index) }
        case .quoted:
            if byte == UInt8(ascii: "\"") {
                cellEnd = index
                state = .mark
            } else if byte == 10 {
                line += 1
                lineStart = index + 1
                if firstLineEnd == nil {
                    firstLineEnd = index + 1
                    openColumn = cellColumn
                }
            }
        case .mark:
            switch byte {
            case UInt8(ascii: "\""): state = .quoted
            case separator: endCell(at: cellEnd)
            case 10:
                endCell(at: cellEnd)
                return false
            // Blanks and the carriage return behind a closing mark say nothing.
            case 32, 9, 13: break
            default: return false
            }
        }
        return true
    }

    private mutating func endCell(at given: Int) {
        if state == .cellStart {
            cellStart = given
            cellLine = line
            cellColumn = given - lineStart + 1
            isQuoted = false
        }
        let end = state == .mark ? cellEnd : given
        cells.append(
            CSVRow.Cell(
                range: cellStart..<max(cellStart, end), isQuoted: isQuoted, line: cellLine,
                column: cellColumn))
        state = .cellStart
    }

    private mutating func endRow(at given: Int, next: Int, into sink: (CSVItem) -> Void) {
        var end = given
        let start = rowStart
        if end > start, held[end - 1] == 13 { end -= 1 }
        if let mistake {
            sink(.broken(broken(.quote, bytes: start..<end, column: mistake - lineStart + 1)))
        } else if let zero {
            sink(.broken(broken(.zero, bytes: start..<end, column: zero - start + 1)))
        } else if end > start {
            let cells = cells.map { cell in
                CSVRow.Cell(
                    range: (min(cell.range.lowerBound, end) - start)..<(min(
                        cell.range.upperBound, end) - start),
                    isQuoted: cell.isQuoted, line: cell.line, column: cell.column)
            }
            sink(.row(CSVRow(bytes: Array(held[start..<end]), cells: cells, line: firstLine)))
        }
        line += 1
        restart(at: next)
    }

    /// Gives up the first line of the open row and goes on behind it.
    private mutating func giveUp(
        _ reason: CSVBreak.Reason, at place: Int, into sink: (CSVItem) -> Void
    ) {
        let start = rowStart
        let end = firstLineEnd ?? held[place...].firstIndex(of: 10).map { $0 + 1 }
        // What is wrong is the mark that was left open.
        let column = firstLineEnd == nil ? cellColumn : openColumn
        sink(.broken(broken(reason, bytes: start..<(end ?? held.count), column: column)))
        line = firstLine
        if let end {
            line += 1
            restart(at: end)
        } else {
            isSkipping = true
            restart(at: held.count)
            held.removeAll(keepingCapacity: true)
            restart(at: 0)
        }
    }

    private func broken(
        _ reason: CSVBreak.Reason, bytes range: Range<Int>, column: Int
    ) -> CSVBreak {
        var text = held[range].prefix(InterchangeLimits.rawBytes)
        while let last = text.last, last == 10 || last == 13 { text.removeLast() }
        return CSVBreak(reason: reason, bytes: Array(text), line: firstLine, column: column)
    }

    private mutating func restart(at place: Int) {
        state = .cellStart
        cells.removeAll(keepingCapacity: true)
        index = place
        rowStart = place
        lineStart = place
        firstLine = line
        firstLineEnd = nil
        zero = nil
        mistake = nil
    }

    /// Forgets the bytes before the open row.
    private mutating func drop() {
        let count = rowStart
        guard count > 0 else { return }
        held.removeFirst(count)
        index -= count
        rowStart = 0
        lineStart -= count
        cellStart -= count
        cellEnd -= count
        if let end = firstLineEnd { firstLineEnd = end - count }
        if let place = zero { zero = place - count }
        if let place = mistake { mistake = place - count }
        cells = cells.map {
            CSVRow.Cell(
                range: ($0.range.lowerBound - count)..<($0.range.upperBound - count),
                isQuoted: $0.isQuoted, line: $0.line, column: $0.column)
        }
    }
}
