import ClearanceEvents
import Foundation

@testable import ClearanceLedger

/// Invented persons and what is said of them.
enum People {
    static let key = [UInt8](repeating: 7, count: 16)
    /// Numbers of invented persons; the area code 110101 and their dates of birth mean nobody.
    static let one = "110101190001010006"
    static let other = "11010119000102000X"

    static func order(
        _ number: Int, id: String = one, name: String = "PRIVATE-NAME-ONE",
        telephone: String = "13800000001", consignee: String? = nil, at minute: Int = 0
    ) -> Event {
        var event = Toy.order(number, at: minute)
        event.data["buyerName"] = .text(name)
        event.data["buyerIdNumber"] = .text(id)
        event.data["buyerTelephone"] = .text(telephone)
        event.data["note"] = .text("PRIVATE-NOTE-\(number)")
        if let consignee {
            event.data["consignee"] = .text(consignee)
            event.data["consigneeAddress"] = .text("PRIVATE-ADDRESS-\(consignee)")
        }
        return event
    }

    static func receipt(of number: Int, at minute: Int) -> Event {
        var event = Event(
            "order.accepted", subject: "order:E/\(number)", time: Toy.time(minute),
            source: Toy.source, id: "c-\(number)-\(minute)")
        event.data["orderNo"] = .text("\(number)")
        event.data["returnStatus"] = .text("120")
        event.data["returnInfo"] = .text("PRIVATE-WORDS-\(number)")
        return event
    }

    static func waybill(
        _ number: Int, of order: Int, to name: String, telephone: String, at minute: Int = 1
    ) -> Event {
        var event = Toy.waybill(number, of: order, at: minute)
        event.data["consignee"] = .text(name)
        event.data["consigneeTelephone"] = .text(telephone)
        event.data["consigneeAddress"] = .text("PRIVATE-ADDRESS-W\(number)")
        event.data["goodsInfo"] = .text("PRIVATE-GOODS-\(number)")
        return event
    }

    static func day(_ text: String) -> Event {
        var event = Event(
            "clock.day", subject: "clock:beijing", time: Toy.time(0), source: Toy.source,
            id: "d-\(text)")
        event.data["date"] = .text(text)
        return event
    }
}

extension TemporaryDirectory {
    /// Opens the ledger sealed or in clear; only the first opening decides.
    func open(_ sealing: Sealing, key: [UInt8]? = People.key) throws -> Ledger {
        var options = TemporaryDirectory.options(toy: true, key: key)
        options.sealing = sealing
        return try Ledger.open(path, options: options)
    }

    /// Every file below the directory, and its bytes.
    func files() throws -> [(path: String, bytes: [UInt8])] {
        let folder = URL(filePath: path)
        let names = FileManager.default.enumerator(atPath: path)?.allObjects as? [String] ?? []
        return try names.compactMap { name in
            let file = folder.appending(path: name)
            let kind = try FileManager.default.attributesOfItem(atPath: file.path())[.type]
            guard kind as? FileAttributeType == .typeRegular else { return nil }
            return (name, Array(try Data(contentsOf: file)))
        }
    }

    /// The files that hold these bytes.
    func holding(_ bytes: [UInt8]) throws -> [String] {
        let wanted = Data(bytes)
        return try files().filter { Data($0.bytes).range(of: wanted) != nil }.map(\.path)
    }

    func holding(_ text: String) throws -> [String] { try holding(Array(text.utf8)) }
}
