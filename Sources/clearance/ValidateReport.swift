import ClearanceInterchange

/// What `validate` found, told while it reads as text, or at the end as one JSON object.
struct ValidateReport {
    /// How often a code was met.
    private struct Count {
        var faults = 0
        var findings = 0
    }

    private let isStrict: Bool
    private let isJSON: Bool
    private let language: Language
    private var documents = 0
    private var valid = 0
    private var counts: [String: Count] = [:]
    /// The input that is read, until its head has been written.
    private var unnamed: String?
    /// Lines that are still to be written.
    private var lines: [String] = []
    /// Members of the JSON arrays, written already: a place takes less so than as a value.
    private var faults: [[UInt8]] = []
    private var findings: [[UInt8]] = []

    init(isStrict: Bool, isJSON: Bool, language: Language) {
        self.isStrict = isStrict
        self.isJSON = isJSON
        self.language = language
    }

    /// Whether the command ends with 65.
    var isRefused: Bool {
        counts.values.contains { $0.faults > 0 || isStrict && $0.findings > 0 }
    }

    mutating func begin(_ path: String) { unnamed = path }

    mutating func take(_ portion: CheckPortion) {
        documents += portion.clean + portion.documents.count
        valid += portion.clean
        for document in portion.documents {
            if !document.isRefused && !isStrict { valid += 1 }
            for found in ValidateReport.sorted(document.found) {
                add(found, document.place, isFault: document.isRefused)
            }
        }
    }

    /// Layer by layer, each in the order of the document.
    private static func sorted(_ found: [InputFault]) -> [InputFault] {
        guard found.count > 1 else { return found }
        return CheckLayer.allCases.flatMap { layer in found.filter { $0.layer == layer } }
    }

    private mutating func add(_ fault: InputFault, _ place: Place, isFault: Bool) {
        if isFault {
            counts[fault.code, default: Count()].faults += 1
        } else {
            counts[fault.code, default: Count()].findings += 1
        }
        let line = fault.line == 0 ? place.line : fault.line
        let column = fault.column == 0 ? place.column : fault.column
        if isJSON {
            let member = ValidateReport.json(
                fault, place, line: line, column: column, isFault: isFault)
            if isFault { faults.append(member) } else { findings.append(member) }
            return
        }
        if let path = unnamed {
            lines.append(path)
            unnamed = nil
        }
        let sort = isFault ? language("拒收", "refused") : language("提示", "finding")
        let number = fault.customsCode.map { " (\($0))" } ?? ""
        let path = fault.path.isEmpty ? "" : " \(fault.path)"
        lines.append(
            "  \(line):\(column) \(sort) \(language(fault.layer.title)) \(fault.code)\(number)"
                + "\(path): \(language(fault.message))")
        if let note = fault.note { lines.append("    " + language(note)) }
    }

    private static func json(
        _ fault: InputFault, _ place: Place, line: Int, column: Int, isFault: Bool
    ) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("file", place.file)
            writer.member("index", place.index)
            writer.member("line", line)
            writer.member("column", column)
            fault.writeMembers(to: &writer, withLayer: !isFault)
        }
        return writer.bytes
    }

    /// Writes what was told since the last time.
    mutating func flush() throws {
        for line in lines { try Output.line(line) }
        lines.removeAll(keepingCapacity: true)
    }

    // MARK: The end

    func finish() throws {
        try isJSON ? printJSON() : printSummary()
    }

    private func printJSON() throws {
        let layers = CheckLayer.allCases.map { ($0, total(of: $0)) }
        let codes = counts.sorted { $0.key < $1.key }
        try Output.json { writer in
            writer.member("documents", documents)
            writer.member("valid", valid)
            writer.member(array: "faults") { writer in
                for fault in faults { writer.value(json: fault) }
            }
            writer.member(array: "findings") { writer in
                for finding in findings { writer.value(json: finding) }
            }
            writer.member(object: "layers") { writer in
                for (layer, count) in layers { write(count, layer.rawValue, to: &writer) }
            }
            writer.member(object: "codes") { writer in
                for (code, count) in codes { write(count, code, to: &writer) }
            }
        }
    }

    private func write(_ count: Count, _ name: String, to writer: inout JSONWriter) {
        writer.member(object: name) { writer in
            writer.member("faults", count.faults)
            writer.member("findings", count.findings)
        }
    }

    private func total(of layer: CheckLayer) -> Count {
        counts.reduce(into: Count()) { sum, entry in
            guard (FindingCode.of(entry.key)?.layer ?? .form) == layer else { return }
            sum.faults += entry.value.faults
            sum.findings += entry.value.findings
        }
    }

    private func printSummary() throws {
        let all = CheckLayer.allCases.map { total(of: $0) }
        let faults = all.reduce(0) { $0 + $1.faults }
        let findings = all.reduce(0) { $0 + $1.findings }
        try Output.line(
            language(
                "\(documents) 份单证，\(valid) 份通过，\(faults) 处错误，\(findings) 处提示",
                "\(documents) documents, \(valid) valid, \(faults) faults, \(findings) findings"))
        for (layer, count) in zip(CheckLayer.allCases, all) where count.faults + count.findings > 0
        {
            try Output.line("  \(language(layer.title))  \(figures(count))")
            for (code, count) in counts.sorted(by: { $0.key < $1.key })
            where (FindingCode.of(code)?.layer ?? .form) == layer {
                let meaning = FindingCode.of(code).map { "  " + language($0.meaning) } ?? ""
                try Output.line("    \(code)  \(figures(count))\(meaning)")
            }
        }
    }

    private func figures(_ count: Count) -> String {
        language(
            "错误 \(count.faults) · 提示 \(count.findings)",
            "\(count.faults) faults · \(count.findings) findings")
    }
}
