import ClearanceInterchange

/// What is said on standard error about single documents: the first of each sort, then only how
/// many there were. Never holds a value of a document.
final class Notices {
    /// Lines of one sort before only the count is kept: a screenful says what is wrong.
    static let screenful = 20

    private let language: Language
    private let shown: Int
    private var counts: [String: Int] = [:]

    init(_ language: Language, shown: Int = Notices.screenful) {
        self.language = language
        self.shown = shown
    }

    /// Findings of which only the first need be given.
    func findings(_ shown: [(place: Place, fault: InputFault)], of count: Int) {
        for (place, fault) in shown { finding(fault, place) }
        counts[language("提示", "finding"), default: 0] += count - shown.count
    }

    /// Refused documents of which only the first need be given.
    func rejects(_ shown: [(place: Place, fault: InputFault)], of count: Int) {
        for (place, fault) in shown { say(language("拒收", "rejected"), place, fault) }
        counts[language("拒收", "rejected"), default: 0] += count - shown.count
    }

    func finding(_ finding: InputFault, _ place: Place) {
        say(language("提示", "finding"), place, finding)
    }

    func conflict(_ place: Place, position: UInt64, with: UInt64, field: String) {
        say(language("冲突", "conflict"), place) {
            language(
                "位置 \(position) 与 \(with) 的 \(field) 不同",
                "position \(position) differs from \(with) in \(field)")
        }
    }

    func refusal(_ place: Place, position: UInt64, code: String) {
        say(language("不予受理", "refused"), place) {
            language("\(code)，记于位置 \(position)", "\(code), kept at position \(position)")
        }
    }

    /// Says how many more there were of each sort.
    func finish() {
        for (sort, count) in counts.sorted(by: { $0.key < $1.key }) where count > shown {
            Output.say(
                language(
                    "另有 \(count - shown) 条\(sort)",
                    "\(count - shown) more of sort: \(sort)"))
        }
    }

    private func say(_ sort: String, _ place: Place, _ fault: InputFault) {
        let line = fault.line == 0 ? place.line : fault.line
        let column = fault.column == 0 ? place.column : fault.column
        say(sort, place.file, line, column) {
            let number = fault.customsCode.map { " (\($0))" } ?? ""
            let path = fault.path.isEmpty ? "" : " \(fault.path)"
            return "\(fault.code)\(number)\(path): \(language(fault.message))"
        }
    }

    private func say(_ sort: String, _ place: Place, _ text: () -> String) {
        say(sort, place.file, place.line, place.column, text)
    }

    private func say(
        _ sort: String, _ file: String, _ line: Int, _ column: Int, _ text: () -> String
    ) {
        counts[sort, default: 0] += 1
        guard counts[sort, default: 0] <= shown else { return }
        Output.say("\(file):\(line):\(column): \(sort): \(text())")
    }
}
