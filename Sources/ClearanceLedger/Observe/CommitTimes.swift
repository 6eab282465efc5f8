/// When which commit of a file was the newest, and how large the file was then: what tells the
/// age and the cost of a reader that looks at an old one.
///
/// Looked at once a second, so no commit pays for it. Bounded: when the list is full, every second
/// look of it is forgotten, and ages get coarser the older they are.
struct CommitTimes: Sendable {
    /// One look at the file.
    struct Look: Sendable, Equatable {
        let commit: UInt64
        /// Nanoseconds since the machine started.
        let time: UInt64
        /// The bytes of the file in use.
        let bytes: Int
    }

    /// 512 looks of 24 bytes: eight minutes to the second, a quarter of an hour to two, a day to
    /// three minutes.
    static let limit = 512

    private(set) var looks: [Look] = []
    private var step: UInt64 = 0

    /// Notes what the newest commit is. The first look at a commit is the one that counts.
    mutating func note(commit: UInt64, at time: UInt64, bytes: Int) {
        let look = Look(commit: commit, time: time, bytes: bytes)
        guard let last = looks.last else {
            looks.append(look)
            return
        }
        guard commit > last.commit, time - last.time >= step else { return }
        looks.append(look)
        guard looks.count > CommitTimes.limit else { return }
        looks = looks.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
        step = max(step * 2, 1_000_000_000)
    }

    /// The first look at a later commit than this one; nil when there was none: then it is the
    /// newest, or was a second ago.
    func passed(_ commit: UInt64) -> Look? {
        looks.first { $0.commit > commit }
    }
}
