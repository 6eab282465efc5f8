import Glibc

/// Zeroed memory straight from the system, in huge pages where it gives them.
///
/// For tables that are hit at random: with pages of 4 KiB half of the cost of a hit is finding its
/// page. What was never touched takes no memory.
//
// @unchecked Sendable: the address never changes; who writes there is its owner's affair.
@safe final class PageMemory: @unchecked Sendable {
    let count: Int
    let base: UnsafeMutableRawPointer

    private static let hugePage = 2 << 20
    /// `MADV_POPULATE_WRITE` of `madvise(2)`, which not every C library names.
    private static let populateWrite: Int32 = 23

    /// - Parameter found: whether the system finds all of it now. What is read before it is written
    ///   would else be found twice: as a page of zeros, and again.
    init(count: Int, found: Bool = false) {
        self.count = count
        let mapped = unsafe mmap(
            nil, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let start = unsafe mapped, unsafe start != UnsafeMutableRawPointer(bitPattern: -1)
        else { fatalError("the system has no memory of \(count) bytes to give") }
        unsafe base = unsafe start
        if count >= 4 * PageMemory.hugePage {
            _ = unsafe madvise(start, count, Int32(MADV_HUGEPAGE))
        }
        // A kernel before Linux 5.14 refuses, and finds each page when it is touched.
        if found { _ = unsafe madvise(start, count, PageMemory.populateWrite) }
    }

    deinit { unsafe munmap(base, count) }

    /// The first bytes, lent as long as the memory is there.
    @_lifetime(borrow self)
    func bytes(_ count: Int) -> Span<UInt8> {
        precondition(count <= self.count, "bytes within the memory")
        let span = unsafe Span(
            _unsafeStart: UnsafePointer(base.assumingMemoryBound(to: UInt8.self)), count: count)
        return unsafe _overrideLifetime(span, borrowing: self)
    }

    /// Makes everything zero again.
    func clear() { unsafe base.initializeMemory(as: UInt8.self, repeating: 0, count: count) }
}
