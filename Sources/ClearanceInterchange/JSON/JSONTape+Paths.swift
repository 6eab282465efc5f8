// Paths are only made for faults, so that a sound document costs no text for its places.

extension JSONTape {
    /// The path of a node below the root, e.g. `data.items[0].qty`; empty for the root.
    func path(to target: Int) -> String {
        var path = ""
        var node = 0
        while node != target, let step = child(of: node, holding: target) {
            path += step.name
            node = step.node
        }
        return path.hasPrefix(".") ? String(path.dropFirst()) : path
    }

    /// The node at a path; when a step is not there, the last one that is.
    func node(at path: String) -> Int {
        let bytes = path.utf8Span.span
        var node = 0
        var start = 0
        while start < bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != UInt8(ascii: "."),
                bytes[end] != UInt8(ascii: "[")
            { end += 1 }
            guard let found = member(bytes.extracting(start..<end), of: node) else { return node }
            node = found
            while end < bytes.count, bytes[end] == UInt8(ascii: "[") {
                var number = 0
                end += 1
                // The names of unknown members may look like anything.
                while end < bytes.count, bytes[end] != UInt8(ascii: "]") {
                    let digit = bytes[end] &- UInt8(ascii: "0")
                    guard digit < 10, number < InterchangeLimits.documentBytes else { return node }
                    number = number * 10 + Int(digit)
                    end += 1
                }
                end += 1
                guard let item = item(number, of: node) else { return node }
                node = item
            }
            start = end + 1
        }
        return node
    }

    private func child(of node: Int, holding target: Int) -> (name: String, node: Int)? {
        guard kind(node) == .object || kind(node) == .array else { return nil }
        let isObject = kind(node) == .object
        var index = node + 1
        var number = 0
        while index < next(node) {
            let value = isObject ? index + 1 : index
            if target < next(value) {
                return (isObject ? "." + text(index) : "[\(number)]", value)
            }
            number += 1
            index = next(value)
        }
        return nil
    }

    /// The value of an object's member, the first of that name.
    func member(_ name: String, of node: Int) -> Int? { member(name.utf8Span.span, of: node) }

    private func member(_ name: Span<UInt8>, of node: Int) -> Int? {
        guard kind(node) == .object else { return nil }
        var index = node + 1
        let end = next(node)
        while index < end {
            if isEqual(index, to: name) { return index + 1 }
            index = next(index + 1)
        }
        return nil
    }

    private func item(_ number: Int, of node: Int) -> Int? {
        guard kind(node) == .array, number < children(node) else { return nil }
        var index = node + 1
        for _ in 0..<number { index = next(index) }
        return index
    }
}
