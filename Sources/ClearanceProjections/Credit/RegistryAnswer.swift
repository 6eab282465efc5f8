public import ClearanceEvents

/// What `show registry` says of an enterprise on a day.
public struct RegistryAnswer: Sendable, Equatable, Encodable {
    /// A licence or certificate and the days between which it holds.
    public struct Credential: Sendable, Equatable, Encodable {
        public let kind: String
        public let number: String
        public let issuer: String
        public let validFrom: String?
        public let validTo: String?
        public let isValid: Bool
    }

    /// An entry of a published list.
    public struct Listing: Sendable, Equatable, Encodable {
        public let list: String
        public let authority: String
        public let roles: [String]
        public let validFrom: String?
        public let validTo: String?
    }

    public let name: String?
    /// Whether a registration holds on the day asked.
    public let isRegistered: Bool
    /// All codes, sorted.
    public let codes: [String]
    public let roles: [String]
    public let agencies: [String]
    public let zoneCode: String?
    public let parkCode: String?
    public let validFrom: String?
    public let validTo: String?
    public let credentials: [Credential]
    /// The lists that hold on the day asked.
    public let listings: [Listing]

    /// The registry of a row's enterprise; `subject` is any of its aliases.
    public init(_ row: EnterpriseRow, subject: String, on day: CivilDay) {
        let valid = row.registrations(on: day)
        let shown = valid.isEmpty ? Array(row.registrations.suffix(1)) : valid
        let newest = shown.max { $0.time < $1.time }
        name = newest?.name
        isRegistered = !valid.isEmpty
        codes = row.codes(of: subject).sorted()
        roles = row.roles(on: day) ?? []
        agencies = valid.map(\.agency).filter { !$0.isEmpty }
        zoneCode = newest.flatMap { $0.zoneCode.isEmpty ? nil : $0.zoneCode }
        parkCode = newest.flatMap { $0.parkCode.isEmpty ? nil : $0.parkCode }
        validFrom = newest?.validFrom?.description
        validTo = newest?.validTo?.description
        credentials = row.credentials.map { record in
            let starts = record.validFrom.map { $0 <= day } ?? true
            return Credential(
                kind: record.kind, number: record.number, issuer: record.issuer,
                validFrom: record.validFrom?.description, validTo: record.validTo?.description,
                isValid: starts && (record.validTo.map { day <= $0 } ?? true))
        }
        listings = row.listings(on: day).map { record in
            Listing(
                list: record.list, authority: record.authority, roles: record.roles,
                validFrom: record.validFrom?.description, validTo: record.validTo?.description)
        }
    }
}

extension EnterpriseRow {
    /// The lists on which the enterprise stands on a day. A removal of an authority ends its
    /// entry from the day on which the removal is valid.
    public func listings(on day: CivilDay) -> [ListingRecord] {
        var open: [String: ListingRecord] = [:]
        let started = listings.filter { $0.validFrom.map { $0 <= day } ?? true }
        for record in started.sorted(by: {
            ($0.validFrom?.number ?? 0) < ($1.validFrom?.number ?? 0)
        }) {
            open[record.list + "\u{0}" + record.authority] =
                record.action == "add" ? record : nil
        }
        return open.sorted { $0.key < $1.key }.map(\.value)
            .filter { record in record.validTo.map { day <= $0 } ?? true }
    }

    /// Whether a negative or barring list binds a role on a day; an entry without roles binds all.
    public func isBarred(role: String, on day: CivilDay) -> Bool {
        listings(on: day).contains {
            ["negative", "barred", "serious", "joint"].contains($0.list)
                && ($0.roles.isEmpty || $0.roles.contains(role))
        }
    }
}
