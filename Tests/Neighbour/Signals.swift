import Foundation

/// What the processes of one test tell each other: small files beside the ledger.
public struct Signals: Sendable {
    /// The ledger's directory; the signs lie beside it.
    public let path: String

    public init(path: String) { self.path = path }

    /// Gives a sign. It is renamed when whole, so that nobody reads a half.
    public func give(_ name: String, _ text: String = "") {
        let file = URL(fileURLWithPath: path + "." + name)
        try? Data(text.utf8).write(to: file, options: .atomic)
    }

    /// The text of a sign; nil when it was not given.
    public func text(_ name: String) -> String? {
        (try? Data(contentsOf: URL(fileURLWithPath: path + "." + name))).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    /// Waits for a sign; false when it does not come within two minutes.
    public func wait(for name: String) -> Bool { Signals.wait { text(name) != nil } }

    /// Waits until something holds; false when it does not within two minutes.
    public static func wait(_ condition: () throws -> Bool) rethrows -> Bool {
        for _ in 0..<12_000 {
            if try condition() { return true }
            usleep(10_000)
        }
        return false
    }

    /// Takes all signs away.
    public func remove() {
        let folder = (path as NSString).deletingLastPathComponent
        let prefix = (path as NSString).lastPathComponent + "."
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names where name.hasPrefix(prefix) {
            try? FileManager.default.removeItem(atPath: folder + "/" + name)
        }
    }
}
