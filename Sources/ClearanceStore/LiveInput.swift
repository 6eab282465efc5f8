import Glibc

/// An input that somebody is still writing: a pipe, a terminal, a socket.
public enum LiveInput {
    /// Waits until there is something, and reads what is there now.
    ///
    /// Reading asks the system for as much as is wanted and so waits for all of it; whoever feeds
    /// line by line, and waits for an answer to each, would wait for ever.
    ///
    /// - Parameters:
    ///   - descriptor: open for reading; a file is read as well.
    ///   - limit: the most bytes.
    ///   - path: what errors call it.
    /// - Returns: at least one byte; none at the end of the input.
    /// - Throws: `.io`.
    public static func read(
        _ descriptor: Int32, upTo limit: Int, path: String
    ) throws(StoreError) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < limit, isReady(descriptor, waits: bytes.isEmpty) {
            let wanted = limit - bytes.count
            var failure: Int32 = 0
            let piece = unsafe [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
                let got = unsafe Glibc.read(descriptor, buffer.baseAddress, wanted)
                failure = got < 0 ? errno : 0
                filled = max(got, 0)
            }
            if failure == EINTR || failure == EAGAIN { continue }
            guard failure == 0 else {
                throw .system("read an input", path: path, errno: failure)
            }
            if piece.isEmpty { break }
            bytes += piece
        }
        return bytes
    }

    private static func isReady(_ descriptor: Int32, waits: Bool) -> Bool {
        var place = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while true {
            let count = unsafe poll(&place, 1, waits ? -1 : 0)
            if count >= 0 { return count > 0 }
            // What is no descriptor any more is told by reading.
            guard errno == EINTR else { return true }
        }
    }
}
