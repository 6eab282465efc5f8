internal import ClearanceEvents

/// One row of a table with its number among the rows behind the header, from 1.
struct TableRow {
    let number: Int
    let row: CSVRow
}

/// The columns of a table and how its bytes become text.
struct TableColumns {
    private let places: [String: Int]
    let count: Int
    /// Nil for UTF-8.
    private let iconv: Iconv?

    init(names: [String], iconv: Iconv?) {
        var places: [String: Int] = [:]
        for (index, name) in names.enumerated() where places[name] == nil {
            places[name] = index
        }
        self.places = places
        self.iconv = iconv
        count = names.count
    }

    /// The cell of a column; nil for a row that ends before it.
    func cell(_ column: String, of row: CSVRow) -> CSVRow.Cell? {
        guard let place = places[column], place < row.cells.count else { return nil }
        return row.cells[place]
    }

    /// Whether the table has a column.
    func has(_ column: String) -> Bool { places[column] != nil }

    /// The text of a column in a row.
    func text(_ column: String, of row: CSVRow) throws(TableProblem) -> String {
        guard let cell = cell(column, of: row) else { return "" }
        return try text(cell, of: row)
    }

    func text(_ cell: CSVRow.Cell, of row: CSVRow) throws(TableProblem) -> String {
        guard let text = TableColumns.text(row.text(cell), iconv: iconv) else { throw .encoding }
        return text
    }

    /// The text of a whole row, for a reject; what is no text shows as such.
    func raw(_ bytes: [UInt8]) -> String { TableColumns.raw(bytes, iconv: iconv) }

    static func raw(_ bytes: [UInt8], iconv: Iconv?) -> String {
        text(bytes, iconv: iconv) ?? String(decoding: bytes, as: UTF8.self)
    }

    static func text(_ bytes: [UInt8], iconv: Iconv?) -> String? {
        guard let iconv else { return String(validating: bytes, as: UTF8.self) }
        var decoded: [UInt8] = []
        guard iconv.convert(bytes.span, into: &decoded).stop == .done else { return nil }
        return String(validating: decoded, as: UTF8.self)
    }
}
