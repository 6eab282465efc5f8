import ClearanceStore

/// Compares the files of the index with the sums that they carry (`specs/exactly-once.md`).
///
/// The index only hints where to look in the log; what is damaged is left out and made anew.
enum IndexFilesCheck {
    private static let directory = "state/index"

    /// What is wrong with the manifest and with each run that it names.
    ///
    /// Beside a writer the look is repeated when the manifest was replaced meanwhile: then runs
    /// that it named may be gone.
    static func damage(of ledger: String) -> [VerifyReport.Damage] {
        let index = ledger + "/" + directory
        let manifest = index + "/" + RunManifest.name
        while Files.exists(manifest) {
            let version = try? Files.version(manifest)
            let found = look(at: index)
            if found.isEmpty || (try? Files.version(manifest)) == version { return found }
        }
        return []
    }

    private static func look(at index: String) -> [VerifyReport.Damage] {
        let manifest = RunManifest(directory: index)
        var found: [VerifyReport.Damage] = []
        // A manifest that cannot be read counts as one without lines.
        let written = try? Files.read(index + "/" + RunManifest.name, limit: 1 << 20)
        if written != manifest.bytes {
            found.append(place(RunManifest.name, "it is not what was written"))
        }
        for line in manifest.lines {
            do throws(StoreError) {
                let run = try RunFile(index + "/" + line.file)
                guard run.header.label.covered == line.covered else {
                    throw StoreError(.corrupted, "a run of other positions")
                }
                try run.verify()
            } catch {
                found.append(place(line.file, error.what))
            }
        }
        return found
    }

    private static func place(_ file: String, _ what: String) -> VerifyReport.Damage {
        .init(position: 0, file: directory + "/" + file, what: what)
    }
}
