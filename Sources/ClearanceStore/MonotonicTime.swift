import Glibc

/// The machine's time since it started: for how long something took, never for when it was.
///
/// It never goes back, is the same for all processes of one boot, and says nothing about the day.
public enum MonotonicTime {
    /// Nanoseconds since the machine started. Cost: about 25 ns.
    public static func nanoseconds() -> UInt64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
