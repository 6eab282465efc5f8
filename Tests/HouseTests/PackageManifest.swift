/// The targets of `Package.swift` and what each may import.
enum PackageManifest {
    struct Target: Sendable, Equatable {
        let kind: String
        let name: String
        /// Other targets and products of other packages, sorted.
        let dependencies: [String]
    }

    static let targets: [Target] = parse(Repository.text("Package.swift"))

    /// The dependencies of a target by its name; nil when there is no such target.
    static func dependencies(of name: String) -> [String]? {
        targets.first { $0.name == name }?.dependencies
    }

    static func parse(_ text: String) -> [Target] {
        let list = text.firstMatch(of: #/\n {4,}targets: \[\n/#)
        let body = text[(list?.range.upperBound ?? text.endIndex)...]
        var found: [Target] = []
        let head = #/\.(target|executableTarget|testTarget|systemLibrary)\(/#
        for match in body.matches(of: head) {
            let arguments = balanced(body[match.range.upperBound...], "(", ")")
            guard let name = arguments.firstMatch(of: #/name:\s*"([^"]+)"/#) else { continue }
            var names: [String] = []
            if let list = arguments.firstMatch(of: #/dependencies:\s*\[/#) {
                let inside = balanced(arguments[list.range.upperBound...], "[", "]")
                let products = inside.matches(of: #/\.product\(name: "([^"]+)"[^)]*\)/#)
                names = products.map { String($0.output.1) }
                let plain = inside.replacing(#/\.product\([^)]*\)/#, with: "")
                names += plain.matches(of: #/"([^"]+)"/#).map { String($0.output.1) }
            }
            found.append(
                Target(
                    kind: String(match.output.1), name: String(name.output.1),
                    dependencies: names.sorted()))
        }
        return found
    }

    /// The text up to the bracket that closes what was opened before it.
    private static func balanced(
        _ text: Substring, _ open: Character, _ close: Character
    ) -> Substring {
        var depth = 1
        for index in text.indices {
            if text[index] == open { depth += 1 }
            if text[index] == close { depth -= 1 }
            if depth == 0 { return text[..<index] }
        }
        return text
    }
}
