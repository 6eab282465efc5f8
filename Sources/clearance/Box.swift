/// A table with box characters.
struct Box {
    private let title: String?
    private let header: [String]
    private let rightColumns: Set<Int>
    private var rows: [[String]] = []

    /// A table; the columns of `right` are aligned to the right.
    init(_ title: String? = nil, header: [String] = [], right: Set<Int> = []) {
        self.title = title
        self.header = header
        rightColumns = right
    }

    mutating func add(_ cells: String...) { rows.append(cells) }

    mutating func add(row: [String]) { rows.append(row) }

    /// The lines of the table.
    var lines: [String] {
        let all = (header.isEmpty ? [] : [header]) + rows
        let count = all.map(\.count).max() ?? 0
        guard count > 0 else { return title.map { [$0] } ?? [] }
        let widths = (0..<count).map { column in
            all.map { column < $0.count ? Figures.width($0[column]) : 0 }.max() ?? 0
        }
        var lines: [String] = title.map { [$0] } ?? []
        lines.append(rule(widths, "┌", "┬", "┐"))
        if !header.isEmpty {
            lines.append(line(header, widths))
            lines.append(rule(widths, "├", "┼", "┤"))
        }
        lines += rows.map { line($0, widths) }
        lines.append(rule(widths, "└", "┴", "┘"))
        return lines
    }

    /// Writes the table to standard output.
    func print() throws {
        for line in lines { try Output.line(line) }
    }

    private func rule(_ widths: [Int], _ left: String, _ cross: String, _ right: String) -> String {
        left + widths.map { String(repeating: "─", count: $0 + 2) }.joined(separator: cross) + right
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        let padded = widths.indices.map { column in
            Figures.padded(
                column < cells.count ? cells[column] : "", to: widths[column],
                isRight: rightColumns.contains(column))
        }
        return "│ " + padded.joined(separator: " │ ") + " │"
    }
}
