/// One row of a table: its bytes as they came, and where its cells lie in them.
struct CSVRow {
    struct Cell {
        /// Without the quotation marks around it; marks inside are still doubled.
        let range: Range<Int>
        let isQuoted: Bool
        let line: Int
        /// In bytes, from 1.
        let column: Int
    }

    let bytes: [UInt8]
    let cells: [Cell]
    let line: Int

    /// The bytes of a cell, without its quotation marks.
    func text(_ cell: Cell) -> [UInt8] {
        guard cell.isQuoted else { return Array(bytes[cell.range]) }
        var text: [UInt8] = []
        var index = cell.range.lowerBound
        while index < cell.range.upperBound {
            text.append(bytes[index])
            index += bytes[index] == UInt8(ascii: "\"") ? 2 : 1
        }
        return text
    }
}

/// A row, or a line that is none.
enum CSVItem {
    case row(CSVRow)
    /// A line that was given up: its bytes as far as they are kept, and where it went wrong.
    case broken(CSVBreak)
}

/// Where and why a line is no row.
struct CSVBreak {
    enum Reason {
        /// Something behind a closing mark, or a mark that nothing closes.
        case quote
        case tooLarge
        case zero
    }

    let reason: Reason
    let bytes: [UInt8]
    let line: Int
    let column: Int
}
