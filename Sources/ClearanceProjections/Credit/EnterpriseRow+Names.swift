public import ClearanceEvents

extension EnterpriseRow {
    /// A code without its scheme: parties name enterprises as subjects or as plain codes.
    static func code(_ name: String) -> String {
        name.hasPrefix("enterprise:") ? String(name.dropFirst(11)) : name
    }

    /// Every code under which the enterprise is known, `subject` included.
    func codes(of subject: String) -> Set<String> {
        var codes: Set<String> = [EnterpriseRow.code(subject)]
        for record in registrations {
            codes.formUnion([
                EnterpriseRow.code(record.subject), record.uscc, record.customsCode,
            ])
        }
        return codes.subtracting([""])
    }

    /// The registrations that hold on a day: the newest of each agency, unless it cancels.
    public func registrations(on day: CivilDay) -> [Registration] {
        var newest: [String: Registration] = [:]
        for record in registrations {
            let starts = record.validFrom.map { $0 <= day } ?? true
            if starts { newest[record.agency] = record }
        }
        return newest.sorted { $0.key < $1.key }.map(\.value).filter { record in
            record.action != "cancel" && (record.validTo.map { day <= $0 } ?? true)
        }
    }

    /// The roles on a day, sorted; nil when no registration says any.
    public func roles(on day: CivilDay) -> [String]? {
        guard !registrations.isEmpty else { return nil }
        return Set(registrations(on: day).flatMap(\.roles)).sorted()
    }
}
