internal import ClearanceEvents

/// The element names that a parser has met, by their numbers, and which fields they are.
///
/// Numbers spare a comparison of names for every element: a record's fields are looked up once a
/// name, not once an element.
final class CEBNames {
    /// Where a name comes from.
    enum Space { case native, signature, foreign }

    private var locals: [String] = []
    private var spaces: [Space] = []
    private var numbers: [String: Int] = [:]
    private var own: [(layout: ObjectIdentifier, fields: OwnFields)] = []
    private var numberings:
        [(record: ObjectIdentifier, layout: ObjectIdentifier, numbers: [UInt16])] = []
    private var maps: [(record: ObjectIdentifier, fields: [Int16])] = []

    /// What stands between namespace and local name; no name can hold it.
    static let separator: UInt8 = 0x0C

    var count: Int { locals.count }

    func removeAll() {
        locals.removeAll()
        spaces.removeAll()
        numbers.removeAll()
        maps.removeAll()
    }

    /// Adds the next name as a parser gives it: namespace, separator, local name.
    func add(_ name: Span<UInt8>) {
        var local = 0
        for index in name.indices where name[index] == CEBNames.separator { local = index + 1 }
        let space = name.extracting(..<max(0, local - 1))
        var bytes: [UInt8] = []
        bytes.append(copying: name.extracting(local...))
        locals.append(String(decoding: bytes, as: UTF8.self))
        spaces.append(CEBNames.space(space))
    }

    /// The number of one of CEB's own names, given when it is new.
    func number(ofNative local: String) -> Int {
        if let known = numbers[local] { return known }
        numbers[local] = locals.count
        locals.append(local)
        spaces.append(.native)
        return locals.count - 1
    }

    func local(_ number: Int) -> String { locals[number] }
    func space(_ number: Int) -> Space { spaces[number] }

    /// For every name the place of the field of that name in a record, -1 where it has none.
    func fields(of record: CEBRecord) -> [Int16] {
        let key = ObjectIdentifier(record)
        for map in maps where map.record == key && map.fields.count == locals.count {
            return map.fields
        }
        let fields = locals.indices.map { number in
            spaces[number] == .native
                ? Int16(record.index(named: locals[number]) ?? -1) : -1
        }
        maps.removeAll { $0.record == key }
        maps.append((key, fields))
        return fields
    }

    /// For every field of a record its number in a layout, 0 where the layout does not know it.
    func numbers(of record: CEBRecord, in layout: RecordLayout) -> [UInt16] {
        let (first, second) = (ObjectIdentifier(record), ObjectIdentifier(layout))
        for known in numberings where known.record == first && known.layout == second {
            return known.numbers
        }
        let numbers = record.fields.map { layout.number(of: $0.name) ?? 0 }
        numberings.append((first, second, numbers))
        return numbers
    }

    /// The numbers of what the reader itself writes into a layout; 0 where it has no such field.
    struct OwnFields {
        let form: UInt16
        let items: UInt16
        let message: UInt16
        let schema: UInt16
        let messageGuid: UInt16
        let messageVersion: UInt16
    }

    /// The reader's own fields in a layout.
    func ownFields(of layout: RecordLayout) -> OwnFields {
        let key = ObjectIdentifier(layout)
        for known in own where known.layout == key { return known.fields }
        func number(_ name: String) -> UInt16 { layout.number(of: name) ?? 0 }
        let fields = OwnFields(
            form: number("form"), items: number("items"), message: number("message"),
            schema: number("schema"), messageGuid: number("messageGuid"),
            messageVersion: number("messageVersion"))
        own.append((key, fields))
        return fields
    }

    private static let ceb = Array("http://www.chinaport.gov.cn/ceb".utf8)
    private static let xmldsig = Array("http://www.w3.org/2000/09/xmldsig#".utf8)

    private static func space(_ space: Span<UInt8>) -> Space {
        if equal(space, ceb) { return .native }
        return equal(space, xmldsig) ? .signature : .foreign
    }

    private static func equal(_ span: Span<UInt8>, _ bytes: [UInt8]) -> Bool {
        guard span.count == bytes.count else { return false }
        for index in span.indices where span[index] != bytes[index] { return false }
        return true
    }
}
