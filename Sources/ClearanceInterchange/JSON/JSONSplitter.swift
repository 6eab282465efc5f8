internal import ClearanceEvents

/// One value of a JSON text, and where it begins.
struct JSONPiece {
    var bytes: [UInt8]
    let line: Int
    let column: Int
    /// More than the limit; what is behind it was dropped.
    var isOverlong = false

    /// Line and column (in bytes) of a byte of the piece.
    func place(_ offset: Int) -> (line: Int, column: Int) {
        var line = line
        var start = 0
        for index in 0..<min(offset, bytes.count) where bytes[index] == 10 {
            line += 1
            start = index + 1
        }
        return (line, line == self.line ? column + offset : offset - start + 1)
    }
}

/// Parts a JSON text of objects, one behind the other and over any number of lines.
///
/// Only braces and quotes are looked at; whether an object is sound is its parser's to say. What
/// stands between two objects and is none is a piece of its own, up to the end of its line.
struct JSONSplitter {
    private enum State {
        case between
        case stray
        case inside(depth: Int)
    }

    private var state = State.between
    private var isQuoted = false
    private var isEscaped = false
    private var piece = JSONPiece(bytes: [], line: 1, column: 1)
    private var line = 1
    private var column = 1

    mutating func push(_ bytes: Span<UInt8>, into sink: (JSONPiece) -> Void) {
        var start = 0
        for index in bytes.indices {
            let byte = bytes[index]
            var isEnd = false
            switch state {
            case .between:
                if byte == 32 || byte == 9 || byte == 10 || byte == 13 { break }
                piece = JSONPiece(bytes: [], line: line, column: column)
                start = index
                state = byte == UInt8(ascii: "{") ? .inside(depth: 1) : .stray
            case .stray: isEnd = byte == 10
            case .inside(let depth):
                let next = step(byte, depth)
                isEnd = next == 0
                state = .inside(depth: next)
            }
            if isEnd {
                hold(bytes.extracting(start...index))
                sink(take())
                start = index + 1
            }
            column += 1
            if byte == 10 {
                line += 1
                column = 1
            }
        }
        if case .between = state { return }
        hold(bytes.extracting(start...))
    }

    /// What was not finished is a piece, too.
    mutating func finish(into sink: (JSONPiece) -> Void) {
        if case .between = state { return }
        sink(take())
    }

    private mutating func take() -> JSONPiece {
        state = .between
        isQuoted = false
        isEscaped = false
        let whole = piece
        piece = JSONPiece(bytes: [], line: line, column: column)
        return whole
    }

    private mutating func hold(_ bytes: Span<UInt8>) {
        let room = InterchangeLimits.documentBytes - piece.bytes.count
        if bytes.count > room { piece.isOverlong = true }
        piece.bytes.append(copying: bytes.extracting(..<min(bytes.count, room)))
    }

    /// The depth behind a byte inside an object.
    private mutating func step(_ byte: UInt8, _ depth: Int) -> Int {
        if isQuoted {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isQuoted = false
            }
            return depth
        }
        switch byte {
        case UInt8(ascii: "\""):
            isQuoted = true
            return depth
        case UInt8(ascii: "{"): return depth + 1
        case UInt8(ascii: "}"): return depth - 1
        default: return depth
        }
    }
}
