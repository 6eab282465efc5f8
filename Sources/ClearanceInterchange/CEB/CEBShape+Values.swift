internal import ClearanceEvents

extension CEBShape {
    /// Values that the form lets pass and CEB's own rules do not.
    func valueFindings() -> [InputFault] {
        var findings: [InputFault] = []
        for place in odd.prefix(InterchangeLimits.faults) {
            let leaf = leaves[place]
            guard let index = leaf.field,
                let group = groups.first(where: { $0.leaves.contains(place) })
            else { continue }
            let field = group.record.fields[index]
            let element = document.elements[leaf.element]
            guard
                let problem = field.rule.problem(document.bytes.span.extracting(element.range))
            else { continue }
            findings.append(
                fault(
                    problem.code, at: leaf.element, path: path(group, field.name),
                    problem.message))
        }
        return findings
    }

    /// What an event cannot do without, even where the message's form is not demanded.
    func eventFaults(_ event: Event) -> [InputFault] {
        // Who sent it is only known at the message's end.
        event.faults(profile: .open).filter { $0.path != "source" }.map { located($0) }
    }

    /// The vocabulary's fault at the element that it speaks of.
    private func located(_ found: Fault) -> InputFault {
        let (line, name) = CEBShape.place(found.path)
        let group = groups.first { $0.number == line } ?? head
        return fault(
            found.code.rawValue, group, name,
            MessageText(zh: found.chinese, en: found.english))
    }

    /// `data.orderNo` is in the head (0), `data.items[2].qty` in the third line.
    private static func place(_ path: String) -> (line: Int, name: String) {
        let parts = path.split(separator: ".")
        let name = parts.last.map(String.init) ?? path
        guard parts.count == 3, parts[1].hasPrefix("items["),
            let index = Int(parts[1].dropFirst(6).dropLast())
        else { return (0, name) }
        return (index + 1, name)
    }
}
