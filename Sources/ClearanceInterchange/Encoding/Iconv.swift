internal import Glibc

/// glibc's converter from GB 18030 to UTF-8: the C border of encodings.
///
/// GB 2312 and GBK are subsets of GB 18030, so one converter reads all three. It holds no state
/// between calls, because the encoding has none.
@safe final class Iconv {
    /// Why a conversion ended where it did.
    enum Stop {
        /// Everything was converted.
        case done
        /// What follows is no character.
        case invalid
        /// What follows is the beginning of a character, or nothing but its first bytes.
        case incomplete
    }

    // Opened in init, closed in deinit, never handed out.
    private let handle: iconv_t
    private var scratch: [CChar] = Array(repeating: 0, count: 32 << 10)

    /// A converter; nil when the machine has no table of the encoding.
    init?() {
        let opened = unsafe iconv_open("UTF-8", "GB18030")
        // The library's word for "not opened" is a pointer of all ones.
        guard let handle = unsafe opened, Int(bitPattern: handle) != -1 else { return nil }
        unsafe self.handle = handle
    }

    deinit { unsafe iconv_close(handle) }

    /// Appends the UTF-8 of as many bytes as can be read, and says how many these are.
    func convert(_ bytes: Span<UInt8>, into output: inout [UInt8]) -> (read: Int, stop: Stop) {
        var read = 0
        while read < bytes.count {
            let rest = bytes.extracting(read...)
            let step = unsafe rest.withUnsafeBufferPointer { unsafe convert($0) }
            output.append(contentsOf: scratch[..<step.written].lazy.map { UInt8(bitPattern: $0) })
            read += step.read
            if step.status == 0 { break }
            // A full scratch buffer is no end: the next turn goes on.
            if step.status != E2BIG {
                return (read, step.status == EINVAL ? .incomplete : .invalid)
            }
        }
        return (read, .done)
    }

    /// One call of the library: what was read and written, and its error number or 0.
    private func convert(
        _ bytes: UnsafeBufferPointer<UInt8>
    ) -> (read: Int, written: Int, status: Int32) {
        let count = bytes.count
        let room = scratch.count
        var inLeft = count
        var outLeft = room
        let status: Int32 = unsafe bytes.withMemoryRebound(to: CChar.self) { source in
            // The library wants a mutable address and does not write there.
            var input = unsafe UnsafeMutablePointer(mutating: source.baseAddress)
            return unsafe scratch.withUnsafeMutableBufferPointer { target in
                var output = target.baseAddress
                let result = unsafe iconv(handle, &input, &inLeft, &output, &outLeft)
                return result == Int.max || result == -1 ? errno : 0
            }
        }
        return (count - inLeft, room - outLeft, status)
    }
}
