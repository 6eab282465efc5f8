// An optimised build may call the C library's `sqrt` for a root; importing the C library is what
// links it on Linux, where the standard library alone does not.
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Square roots of ratios, the only irrational step of the indices.
enum SquareRoot {
    /// The correctly rounded root (IEEE 754).
    static func of(_ value: Double) -> Double { value.squareRoot() }
}
