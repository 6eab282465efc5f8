/// One business check as data: what a document's own figures have to say of each other.
///
/// Written as one line; fields are resolved to their places once, when a message is made.
enum CEBCheckRow: Sendable {
    /// A field that has one of some values.
    struct Condition: Sendable {
        let field: Int
        let words: [[UInt8]]
    }

    /// `gnum FIELD [PART]`: lines are numbered from 1 without a gap; the later parts of a split
    /// message may begin higher. (X13)
    case numbers(Int, part: Int?)
    /// `once FIELD`: no two lines have the same number. (X13)
    case once(Int)
    /// `product TOTAL PRICE QUANTITY` of each line. (X12)
    case product(total: Int, price: Int, quantity: Int)
    /// `sum HEAD LINE`: the lines add up to the head, when they are in its currency. (X12)
    case sum(head: Int, line: Int, currencies: (head: Int, line: Int)?)
    /// `total FIELD TERM… -TERM…` of the head. (X2)
    case total(Int, terms: [(field: Int, isMinus: Bool)])
    /// `atMost SMALL LARGE` of the head. (X13)
    case atMost(Int, Int)
    /// `equal QTY QTY1 UNIT UNIT1` of each line: one unit, one quantity. (X13)
    case equal(quantities: (Int, Int), units: (Int, Int))
    /// `pair UNIT QTY` of each line: both or none. (X13)
    case pair(Int, Int)
    /// `need head|line FIELDS FIELD WORDS`: what a mode asks for. (X11)
    case need([Int], isLine: Bool, Condition)
    /// `value FIELD WORDS FIELD WORDS`: what a mode fixes. (X11)
    case value(Condition, Condition)
    /// `other FIELD WORDS`: none of these.
    case other(Condition)
    /// `among FIELD FIELDS`: the same as one of the others that are there.
    case among(Int, [Int])
    /// `part NUMBER COUNT`: which part of a split message it is.
    case part(Int, of: Int)
    /// `range START END`: both or none, in order; with neither, lines name what is meant.
    case range(Int, Int)
    /// `limit TOTAL QTY DAY`: the limit of one purchase, by the day of declaration. (X9)
    case limit(total: Int, quantity: Int, day: Int)
    /// `identity NUMBER TYPE`: type 1 is a resident identity number.
    case identity(Int, type: Int)

    /// Reads a row; a mistake in it is a programmer's error and traps.
    init(_ text: String, head: CEBRecord, lines: CEBRecord?) {
        let words = text.split(separator: " ").map(String.init)
        let inHead = CEBFieldPlaces(record: head, row: text)
        let inLines = CEBFieldPlaces(record: lines ?? head, row: text)
        switch (words[0], words.count) {
        case ("gnum", 2...3):
            self = .numbers(inLines[words[1]], part: words.count > 2 ? inHead[words[2]] : nil)
        case ("once", 2): self = .once(inLines[words[1]])
        case ("product", 4):
            self = .product(
                total: inLines[words[1]], price: inLines[words[2]], quantity: inLines[words[3]])
        case ("sum", 3):
            self = .sum(
                head: inHead[words[1]], line: inLines[words[2]],
                currencies: inHead.both("currency", inLines))
        case ("total", 3...):
            self = .total(
                inHead[words[1]],
                terms: words.dropFirst(2).map { word in
                    let isMinus = word.hasPrefix("-")
                    return (inHead[isMinus ? String(word.dropFirst()) : word], isMinus)
                })
        case ("atMost", 3): self = .atMost(inHead[words[1]], inHead[words[2]])
        case ("equal", 5):
            self = .equal(
                quantities: (inLines[words[1]], inLines[words[2]]),
                units: (inLines[words[3]], inLines[words[4]]))
        case ("pair", 3): self = .pair(inLines[words[1]], inLines[words[2]])
        case ("need", 5):
            let isLine = words[1] == "line"
            self = .need(
                isLine ? inLines.list(words[2]) : inHead.list(words[2]), isLine: isLine,
                inHead.condition(words[3], words[4]))
        case ("value", 5):
            self = .value(
                inHead.condition(words[1], words[2]), inHead.condition(words[3], words[4]))
        case ("other", 3): self = .other(inHead.condition(words[1], words[2]))
        case ("among", 3): self = .among(inHead[words[1]], inHead.list(words[2]))
        case ("part", 3): self = .part(inHead[words[1]], of: inHead[words[2]])
        case ("range", 3): self = .range(inHead[words[1]], inHead[words[2]])
        case ("limit", 4):
            self = .limit(
                total: inLines[words[1]], quantity: inLines[words[2]], day: inHead[words[3]])
        case ("identity", 3): self = .identity(inHead[words[1]], type: inHead[words[2]])
        default: preconditionFailure("check row: \(text)")
        }
    }
}

/// The places of a record's fields by name, for reading rows.
private struct CEBFieldPlaces {
    let record: CEBRecord
    let row: String

    subscript(name: String) -> Int {
        guard let place = record.index(named: name) else {
            preconditionFailure("no \(name) in \(record.element): \(row)")
        }
        return place
    }

    func list(_ names: String) -> [Int] { names.split(separator: ",").map { self[String($0)] } }

    func condition(_ name: String, _ words: String) -> CEBCheckRow.Condition {
        CEBCheckRow.Condition(
            field: self[name], words: words.split(separator: ",").map { Array($0.utf8) })
    }

    /// The place of a field that head and lines both have.
    func both(_ name: String, _ other: CEBFieldPlaces) -> (head: Int, line: Int)? {
        guard let head = record.index(named: name), let line = other.record.index(named: name)
        else { return nil }
        return (head, line)
    }
}
