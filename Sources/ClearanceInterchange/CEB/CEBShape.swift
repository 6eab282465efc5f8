internal import ClearanceEvents

/// A collected document laid against its message's sequences: which element is which field.
struct CEBShape {
    /// A head (0) or a line (1, 2, …), and where it begins.
    struct Group {
        let number: Int
        let element: Int
        let record: CEBRecord
        /// Indices into ``CEBShape/leaves``.
        var leaves: Range<Int>
    }

    /// A field's element; nil as field for an element that the record does not know.
    struct Leaf {
        fileprivate let elementIndex: Int32
        fileprivate let fieldIndex: Int16

        var element: Int { Int(elementIndex) }
        var field: Int? { fieldIndex < 0 ? nil : Int(fieldIndex) }
    }

    let message: CEBMessage
    let document: CEBDocument
    /// The edition whose implied values count.
    var edition = CEBVersion.v202205
    private(set) var groups: [Group] = []
    private(set) var leaves: [Leaf] = []
    /// Elements that stand where the form has no place at all.
    private(set) var strangers: [Int] = []
    /// Leaves whose values break their rules.
    private(set) var odd: [Int] = []
    /// Whether the newest edition's form holds, as is seen on the way: nearly every document is
    /// sound, and what is wrong with the others ``formFaults(in:)`` explains.
    private(set) var isSound = true

    /// Lays a document out. Cost: one pass over its elements.
    init(_ document: CEBDocument, of message: CEBMessage) {
        self.document = document
        self.message = message
        leaves.reserveCapacity(document.elements.count)
        let hasHead = message.hasHead
        var track = CEBTrack(message.head, names: document.names)
        if !hasHead {
            groups.append(Group(number: 0, element: 0, record: message.head, leaves: 0..<0))
        }
        let fieldLevel: UInt8 = hasHead ? 2 : 1
        var isInside = !hasHead
        for index in document.elements.indices.dropFirst() {
            let element = document.elements[index]
            if element.level == fieldLevel {
                guard isInside else {
                    strangers.append(index)
                    continue
                }
                let field = track.place(element, in: document)
                if track.isOdd(field, element, in: document) { odd.append(leaves.count) }
                leaves.append(Leaf(elementIndex: Int32(index), fieldIndex: field))
            } else if element.level < fieldLevel {
                closeGroup(track)
                isInside = open(element, index)
                if isInside, let group = groups.last {
                    track.restart(group.record, names: document.names)
                }
            } else if isInside {
                strangers.append(index)
            }
        }
        closeGroup(track)
        isSound = isSound && strangers.isEmpty && isStructured
    }

    /// One head first, and as many lines as the newest edition allows.
    private var isStructured: Bool {
        guard groups.first?.number == 0 else { return false }
        let lineCount = groups.last?.number ?? 0
        return groups.count == 1 + lineCount
            && (message.lines == nil || message.lineCount(in: .v202205).contains(lineCount))
    }

    private mutating func closeGroup(_ track: borrowing CEBTrack) {
        guard let last = groups.indices.last else { return }
        groups[last].leaves = groups[last].leaves.lowerBound..<leaves.count
        isSound = isSound && track.isComplete
    }

    /// Opens the head or a line; false for an element that is neither.
    private mutating func open(_ element: CEBElement, _ index: Int) -> Bool {
        let empty = leaves.count..<leaves.count
        if document.isNative(element) {
            let name = document.name(element)
            if name == message.head.element {
                groups.append(
                    Group(number: 0, element: index, record: message.head, leaves: empty))
                return true
            }
            if let lines = message.lines, name == lines.element {
                let number = (groups.last?.number ?? 0) + 1
                groups.append(Group(number: number, element: index, record: lines, leaves: empty))
                return true
            }
        }
        strangers.append(index)
        return false
    }

    /// The head's group; nil when the document has none.
    var head: Group? { headPlace.map { groups[$0] } }

    private var headPlace: Int? { groups.firstIndex { $0.number == 0 } }

    /// The bytes of a head field as given; empty when there are none.
    @_lifetime(borrow self)
    func bytes(_ key: CEBKey) -> Span<UInt8> {
        let field = message.head.place(of: key)
        guard field >= 0, let place = headPlace,
            let element = element(Int(field), in: groups[place])
        else { return Span() }
        return document.bytes.span.extracting(document.elements[element].range)
    }

    /// The one character of a head field; nil when it is absent or has others.
    func letter(_ key: CEBKey) -> Unicode.Scalar? {
        let given = bytes(key)
        if given.count == 1 { return Unicode.Scalar(given[0]) }
        return text(key.name).flatMap { $0.utf8.count == 1 ? $0.unicodeScalars.first : nil }
    }

    /// The text of a head field, the implied one when it is empty; nil when there is none.
    func text(_ name: String) -> String? {
        guard let head, let field = head.record.index(named: name),
            let element = element(field, in: head)
        else { return nil }
        let given = document.text(document.elements[element])
        if !given.isEmpty { return given }
        return head.record.fields[field].literal(in: edition)?.text
    }

    /// The element of a field in a group.
    func element(_ name: String, in group: Group) -> Int? {
        guard let field = group.record.index(named: name) else { return nil }
        return element(field, in: group)
    }

    /// The first element of the field of this number in a group: what stands again says nothing.
    func element(_ field: Int, in group: Group) -> Int? {
        for index in group.leaves where leaves[index].fieldIndex == Int16(field) {
            return leaves[index].element
        }
        return nil
    }

    // MARK: Places

    /// The XPath of an element inside a group, or of the group itself.
    func path(_ group: Group?, _ name: String? = nil) -> String {
        var path = "/\(message.number)Message/\(message.document)[\(document.index)]"
        if let group, message.hasHead {
            path += "/" + group.record.element
            if group.number > 0 { path += "[\(group.number)]" }
        }
        if let name { path += "/" + name }
        return path
    }

    /// A fault at a field of a group, or at the group when the field is not there.
    func fault(_ code: String, _ group: Group?, _ name: String?, _ message: MessageText)
        -> InputFault
    {
        var index = group?.element ?? 0
        if let group, let name, let found = element(name, in: group) { index = found }
        return fault(code, at: index, path: path(group, name), message)
    }

    func fault(_ code: String, at index: Int, path: String, _ message: MessageText)
        -> InputFault
    {
        let place = document.place(document.elements[index])
        return InputFault(
            code: code, path: path, line: place.line, column: place.column, message: message)
    }
}
