import ClearanceEvents

/// What must not have been spoken of since a position, for an append to happen.
///
///     let seen = try ledger.position()
///     …
///     try ledger.append(events, recordedAt: .input, conditions: [
///         .subject("order:E/1", after: seen), .reference("orderNo", "1", after: seen),
///     ])
///
/// A request's conditions hold together or nothing of it is appended. They see every entry up to
/// the request, those of requests in the same commit included. Source: `specs/exactly-once.md`.
public struct AppendCondition: Sendable, Hashable {
    enum About: Sendable, Hashable {
        case subject(String)
        case reference(name: String, value: String)
    }

    let about: About
    /// The last position that the caller has seen; 0: nothing must ever have been said.
    public let after: UInt64

    /// Nothing newer than `after` has this subject, as it stands in the log; with 0, the subject
    /// is new.
    public static func subject(_ subject: String, after: UInt64 = 0) -> AppendCondition {
        AppendCondition(about: .subject(subject), after: after)
    }

    /// Nothing newer than `after` names this value in the field of `data`, which is one of the
    /// ledger's ``LedgerOptions/conditionalReferences``.
    public static func reference(
        _ name: String, _ value: String, after: UInt64 = 0
    ) -> AppendCondition {
        AppendCondition(about: .reference(name: name, value: value), after: after)
    }
}

/// A condition as the writer's turn asks it.
struct ConditionKey: Sendable {
    let key: Digest16
    let after: UInt64
}

extension HeadFields {
    /// The keys of conditions, made on the caller's thread.
    ///
    /// Throws `notConditional` for a reference that the ledger keeps no last positions of, which
    /// was decided when it was made; `tooLarge` for too many conditions.
    func keys(of conditions: [AppendCondition]) throws(LedgerError) -> [ConditionKey] {
        guard conditions.count <= LedgerLimits.conditions else {
            throw LedgerError(
                .tooLarge, "a request has at most \(LedgerLimits.conditions) conditions")
        }
        var keys: [ConditionKey] = []
        keys.reserveCapacity(conditions.count)
        for condition in conditions {
            switch condition.about {
            case .subject(let subject):
                keys.append(
                    ConditionKey(
                        key: LinkKey.subject(subject.utf8Span.span), after: condition.after))
            case .reference(let name, let value):
                guard let key = key(of: name, value.utf8Span.span) else {
                    throw LedgerError(
                        .notConditional, "\(name) is no conditional reference of this ledger")
                }
                keys.append(ConditionKey(key: key, after: condition.after))
            }
        }
        return keys
    }
}
