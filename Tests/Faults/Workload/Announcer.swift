import ClearanceStore

/// Writes what the workload is sure of, a line at a time, each in one call.
///
/// The file lies outside the ledger. Under the shim every line also stands in the journal, between
/// the calls before and after it; that order is what the tests reason about.
struct Announcer: Sendable {
    private let file: ByteFile

    init(_ path: String) throws { file = try ByteFile(path, .append) }

    /// A line is lost only together with the process, so a failure here ends it.
    func say(_ line: String) {
        do {
            try file.append(Array((line + "\n").utf8).span)
        } catch { fatalError("announcements cannot be written: \(error)") }
    }
}
