import ClearanceEvents

/// The marks by which persons are compared; never their texts.
struct PersonMarks: Sendable, Equatable {
    var name: Digest16?
    var id: Digest16?
    var phone: Digest16?
    var address: Digest16?

    func encode(into writer: inout ByteWriter) {
        var present: UInt8 = 0
        if name != nil { present |= 1 }
        if id != nil { present |= 2 }
        if phone != nil { present |= 4 }
        if address != nil { present |= 8 }
        writer.write(present)
        for mark in [name, id, phone, address] {
            guard let mark else { continue }
            writer.write(mark.high)
            writer.write(mark.low)
        }
    }

    init(
        name: Digest16? = nil, id: Digest16? = nil, phone: Digest16? = nil,
        address: Digest16? = nil
    ) {
        self.name = name
        self.id = id
        self.phone = phone
        self.address = address
    }

    @_lifetime(reader: copy reader)
    init(from reader: inout ByteReader) throws(DecodingError) {
        let present = try reader.byte()
        guard present < 16 else {
            throw DecodingError(offset: reader.offset, expected: "four presence bits")
        }
        if present & 1 != 0 { name = try reader.digest() }
        if present & 2 != 0 { id = try reader.digest() }
        if present & 4 != 0 { phone = try reader.digest() }
        if present & 8 != 0 { address = try reader.digest() }
    }
}

/// One line of an order or a list.
struct LineFacts: Sendable, Equatable {
    /// `gnum`, else the place in the list, from 1.
    let number: Int64
    let item: NameToken
    let name: NameToken
    let quantity: Int64?
    let unit: ShortCode

    func encode(into writer: inout ByteWriter) {
        writer.writeSigned(number)
        writer.write(item)
        writer.write(name)
        writer.write(optional: quantity)
        writer.writeVarint(unit.packed)
    }

    init(number: Int64, item: NameToken, name: NameToken, quantity: Int64?, unit: ShortCode) {
        self.number = number
        self.item = item
        self.name = name
        self.quantity = quantity
        self.unit = unit
    }

    @_lifetime(reader: copy reader)
    init(from reader: inout ByteReader) throws(DecodingError) {
        number = try reader.signed()
        item = try reader.uint64()
        name = try reader.uint64()
        quantity = try reader.optionalInteger()
        unit = ShortCode(packed: try reader.varint())
    }
}

/// What an order says.
struct OrderFacts: PaperFacts {
    /// First letter of `orderType`; I where it is absent.
    var type: UInt8 = UInt8(ascii: "I")
    var hasInstalments = false
    var number: NameToken = Tokens.none
    var platform: NameToken = Tokens.none
    var enterprise: NameToken = Tokens.none
    var currency = ShortCode.none
    var paid: Int64?
    var goods: Int64?
    var freight: Int64?
    var tax: Int64?
    var discount: Int64?
    var payEnterprise: [UInt8] = []
    var payTransaction: [UInt8] = []
    var buyer = PersonMarks()
    var consignee = PersonMarks()
    /// nil when the order says nothing about items.
    var lines: [LineFacts]?

    var line: NameToken { Tokens.none }
    var isExport: Bool { type != UInt8(ascii: "I") }
    var announcesInstalments: Bool { hasInstalments || type == UInt8(ascii: "B") }

    /// What has to be paid: `acturalPaid`, on export `goodsValue` + `freight`.
    var due: Int64? {
        guard isExport else { return paid }
        guard let goods else { return paid }
        return goods + (freight ?? 0)
    }

    /// The field that ``due`` is shown under.
    var dueField: String { isExport && goods != nil ? "goodsValue" : "acturalPaid" }

    init() {}

    func encode(into writer: inout ByteWriter) {
        writer.write(type)
        writer.write(UInt8(hasInstalments ? 1 : 0))
        writer.write(number)
        writer.write(platform)
        writer.write(enterprise)
        writer.writeVarint(currency.packed)
        for amount in [paid, goods, freight, tax, discount] { writer.write(optional: amount) }
        writer.write(counted: payEnterprise.span)
        writer.write(counted: payTransaction.span)
        buyer.encode(into: &writer)
        consignee.encode(into: &writer)
        writer.write(lines: lines)
    }

    @_lifetime(reader: copy reader)
    init(from reader: inout ByteReader) throws(DecodingError) {
        type = try reader.byte()
        hasInstalments = try reader.byte() != 0
        number = try reader.uint64()
        platform = try reader.uint64()
        enterprise = try reader.uint64()
        currency = ShortCode(packed: try reader.varint())
        paid = try reader.optionalInteger()
        goods = try reader.optionalInteger()
        freight = try reader.optionalInteger()
        tax = try reader.optionalInteger()
        discount = try reader.optionalInteger()
        payEnterprise = try reader.byteArray()
        payTransaction = try reader.byteArray()
        buyer = try PersonMarks(from: &reader)
        consignee = try PersonMarks(from: &reader)
        lines = try reader.lines()
    }
}

/// An order that a payment names, with its share where the payment states it.
struct OrderShare: Sendable, Equatable {
    let platform: NameToken
    let number: NameToken
    let amount: Int64?

    func encode(into writer: inout ByteWriter) {
        writer.write(platform)
        writer.write(number)
        writer.write(optional: amount)
    }

    init(platform: NameToken, number: NameToken, amount: Int64?) {
        self.platform = platform
        self.number = number
        self.amount = amount
    }

    @_lifetime(reader: copy reader)
    init(from reader: inout ByteReader) throws(DecodingError) {
        platform = try reader.uint64()
        number = try reader.uint64()
        amount = try reader.optionalInteger()
    }
}

/// What a payment says.
struct PaymentFacts: PaperFacts {
    var platform: NameToken = Tokens.none
    var number: NameToken = Tokens.none
    var enterprise: [UInt8] = []
    var transaction: [UInt8] = []
    var amount: Int64?
    var currency = ShortCode.none
    var payer = PersonMarks()
    var shares: [OrderShare] = []

    var line: NameToken { number }

    init() {}

    func encode(into writer: inout ByteWriter) {
        writer.write(platform)
        writer.write(number)
        writer.write(counted: enterprise.span)
        writer.write(counted: transaction.span)
        writer.write(optional: amount)
        writer.writeVarint(currency.packed)
        payer.encode(into: &writer)
        writer.writeVarint(UInt64(shares.count))
        for share in shares { share.encode(into: &writer) }
    }

    @_lifetime(reader: copy reader)
    init(from reader: inout ByteReader) throws(DecodingError) {
        platform = try reader.uint64()
        number = try reader.uint64()
        enterprise = try reader.byteArray()
        transaction = try reader.byteArray()
        amount = try reader.optionalInteger()
        currency = ShortCode(packed: try reader.varint())
        payer = try PersonMarks(from: &reader)
        for _ in 0..<(try reader.length()) { shares.append(try OrderShare(from: &reader)) }
    }
}

/// What a waybill says.
struct WaybillFacts: PaperFacts {
    var carrier: NameToken = Tokens.none
    var waybill: NameToken = Tokens.none
    var platform: NameToken = Tokens.none
    var number: NameToken = Tokens.none
    var weight: Int64?
    var consignee = PersonMarks()

    var line: NameToken { Tokens.none }

    init() {}

    func encode(into writer: inout ByteWriter) {
        writer.write(carrier)
        writer.write(waybill)
        writer.write(platform)
        writer.write(number)
        writer.write(optional: weight)
        consignee.encode(into: &writer)
    }

    @_lifetime(reader: copy reader)
    init(from reader: inout ByteReader) throws(DecodingError) {
        carrier = try reader.uint64()
        waybill = try reader.uint64()
        platform = try reader.uint64()
        number = try reader.uint64()
        weight = try reader.optionalInteger()
        consignee = try PersonMarks(from: &reader)
    }
}

/// What a proceeds paper (收款单) says.
struct ProceedsFacts: PaperFacts {
    var enterprise: NameToken = Tokens.none
    var number: NameToken = Tokens.none
    var charge: Int64?
    var currency = ShortCode.none

    var line: NameToken { Tokens.none }

    init() {}

    func encode(into writer: inout ByteWriter) {
        writer.write(enterprise)
        writer.write(number)
        writer.write(optional: charge)
        writer.writeVarint(currency.packed)
    }

    @_lifetime(reader: copy reader)
    init(from reader: inout ByteReader) throws(DecodingError) {
        enterprise = try reader.uint64()
        number = try reader.uint64()
        charge = try reader.optionalInteger()
        currency = ShortCode(packed: try reader.varint())
    }
}
