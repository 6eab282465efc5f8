internal import ClearanceEvents

/// How one field gets its value from the rows of a document.
struct TableRule: Sendable {
    /// What is taken from the rows.
    enum Source: Sendable {
        case constant(String)
        /// Columns, joined; in a head the first value that is there, and no other.
        case columns([String], join: String)
        /// The sum of a column over the rows.
        case sum(String)
        /// The number of the row in its document, from 1; in a head the number of rows.
        case count
    }

    /// Which row speaks for a head field when rows differ.
    enum Rows: String, Sendable {
        case same, first, last
    }

    /// What becomes of a value that the map of codes lacks.
    enum Otherwise: Sendable {
        case refuse
        case keep
        case value(String)
    }

    let name: String
    let kind: FieldKind
    let source: Source
    /// A column by which each row's number is multiplied.
    var times: String?
    /// A fixed factor: `0.01` from fen to yuan, `0.001` from grams to kilograms.
    var scale: FixedDecimal?
    var map: [String: String] = [:]
    var otherwise = Otherwise.refuse
    var rows = Rows.same
    var format = TableFormat()

    /// The columns that the rule reads.
    var columns: [String] {
        var all: [String]
        switch source {
        case .columns(let columns, _): all = columns
        case .sum(let column): all = [column]
        case .constant, .count: all = []
        }
        if let times { all.append(times) }
        return all
    }

    /// Whether the value is computed, so that each row's text is a number.
    var isComputed: Bool {
        if case .sum = source { return true }
        return times != nil || scale != nil
    }
}

/// How numbers, times and texts are written in a table.
struct TableFormat: Sendable {
    /// Between groups of digits; dropped.
    var thousands = ","
    var point = "."
    var times: [TableTime] = []
    var offsetMinutes: Int16 = Instant.beijingOffset
    /// Characters that are dropped at both ends, beside blanks.
    var strip = ""
}

/// Why a value cannot be taken.
enum TableProblem: String, Error {
    case malformedDecimal, malformedInteger, malformedDate, malformedTime, wrongKind
    case unknownCode, rowsDiffer, encoding

    var message: MessageText {
        switch self {
        case .malformedDecimal:
            MessageText(zh: "不是可识别的数", en: "not a number of this table")
        case .malformedInteger: MessageText(zh: "不是整数", en: "not a whole number")
        case .malformedDate: MessageText(zh: "不是可识别的日期", en: "not a date of this table")
        case .malformedTime: MessageText(zh: "不是可识别的时间", en: "not a time of this table")
        case .wrongKind: MessageText(zh: "值的类型不符", en: "a value of another kind is due")
        case .unknownCode:
            MessageText(zh: "代码对照表中没有此值", en: "the map of codes has no such value")
        case .rowsDiffer:
            MessageText(
                zh: "同一单证各行的值不一致", en: "the rows of one document differ here")
        case .encoding:
            MessageText(zh: "不是所声明编码的文字", en: "not text of the encoding")
        }
    }
}
