/// Finds functions, initialisers, deinitialisers and computed members by counting braces.
enum FunctionFinder {
    /// A body: the line on which its declaration starts, and how many lines it takes.
    struct Function: Sendable, Equatable {
        let line: Int
        let count: Int
    }

    private static let modifiers: Set<Substring> = [
        "public", "internal", "private", "fileprivate", "package", "static", "final", "override",
        "mutating", "borrowing", "consuming", "nonisolated", "convenience", "required", "class",
        "indirect", "@inlinable", "@discardableResult", "@usableFromInline",
    ]

    private static func isDeclaration(_ line: Substring) -> Bool {
        let words = line.split(separator: " ").drop { modifiers.contains($0) }
        guard let word = words.first?.prefix(while: { $0.isLetter }) else { return false }
        return ["func", "init", "deinit", "subscript"].contains(word)
    }

    /// All functions of a file, in the order of their first lines.
    static func functions(in file: SourceFile) -> [Function] {
        var found: [Function] = []
        for (index, line) in file.code.enumerated() where isDeclaration(line) {
            if let end = end(of: file.code, from: index) {
                found.append(Function(line: index + 1, count: end - index + 1))
            }
        }
        return found
    }

    /// The line of the brace that closes the body; nil for a requirement without a body.
    private static func end(of code: [Substring], from start: Int) -> Int? {
        var braces = 0
        var parentheses = 0
        for index in start..<code.count {
            for character in code[index] {
                switch character {
                case "(": parentheses += 1
                case ")": parentheses -= 1
                case "{": braces += 1
                case "}":
                    braces -= 1
                    if braces == 0 && parentheses == 0 { return index }
                    // The brace of the type around it: the declaration had no body.
                    if braces < 0 { return nil }
                default: break
                }
            }
            let isNext = index > start && isDeclaration(code[index])
            if braces == 0 && parentheses == 0 && isNext { return nil }
        }
        return nil
    }
}
