import ClearanceStore

/// Compares the lines of the trail of disclosures with the sums that they carry
/// (`specs/personal.md`, disclosures).
enum TrailCheck {
    /// What is wrong with the trail, line by line; nothing when there is none.
    ///
    /// Whoever reveals or takes the lines in may do so meanwhile: then the look is repeated.
    static func damage(of ledger: String) -> [VerifyReport.Damage] {
        let path = ledger + "/" + DisclosureTrail.path
        while Files.exists(path) {
            let version = try? Files.version(path)
            let found = look(at: path)
            if found.isEmpty || (try? Files.version(path)) == version { return found }
        }
        return []
    }

    private static func look(at path: String) -> [VerifyReport.Damage] {
        var trail = DisclosureTrail()
        do throws(StoreError) {
            try Files.withPieces(path) { trail.take($0) }
        } catch {
            return [place("it cannot be read: \(error.code)")]
        }
        trail.finish()
        return trail.changed.map { place("line \($0) is not what was written") }
    }

    private static func place(_ what: String) -> VerifyReport.Damage {
        .init(position: 0, file: DisclosureTrail.path, what: what)
    }
}
