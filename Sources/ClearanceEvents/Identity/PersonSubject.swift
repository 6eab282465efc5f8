/// Fills in the person of a subject written `person:@` from the event's own identity document.
///
/// Nobody outside has to know the index key (`specs/events/README.md`, persons).
public enum PersonSubject {
    /// What stands outside for the person whom `data` names.
    public static let open = "person:@"

    static func filled(_ subject: String, from data: DataRecord, key: SipKey) -> String {
        guard subject == open, let number = data.text("idNumber") else { return subject }
        return named(idNumber: number, key: key)
    }

    /// The subject of the person with this identity number.
    public static func named(idNumber: String, key: SipKey) -> String {
        "person:" + Mark.of(idNumber, way: .identity, key: key).hex
    }
}
