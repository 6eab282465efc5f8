import ClearanceStore

/// Reads the chunks of a log from its files alone, in the order of their positions.
///
/// liblmdb is not asked, so nothing that stands in the files can end the process. The commit that
/// is read must not be changed meanwhile: a writer is held off by the lock, or by a reader's pin.
struct LogScan {
    /// What is met, in order.
    enum Finding {
        /// A value of the table of chunks, its key, and the file that holds it.
        case chunk(key: UInt64, bytes: [UInt8], file: String, page: UInt64)
        /// A place that cannot be read, or contradicts the rest.
        case damage(PageDamage)
        /// A place on which no entry depends: what is read has its own sums.
        case aside(PageDamage)
    }

    /// The ledger's directory.
    let directory: String
    /// The commits to read, when the log is written meanwhile.
    var pins: LogPins?
    /// Who must have signed the closing records; none: nobody must.
    var signers: [NoteKey] = []

    /// Lends everything until `receive` says no; answers damage of the files as a whole.
    func run(_ receive: (Finding) -> Bool) throws(LedgerError) -> [PageDamage] {
        var found: [PageDamage] = []
        let files: LogFiles
        do throws(LedgerError) {
            if let pinned = pins?.files {
                files = pinned
            } else {
                files = try LogFiles(directory: directory)
            }
        } catch {
            let list = PageDamage(
                path: directory + "/log/" + EpochManifest.name, page: nil,
                what: error.reason)
            // The entries do not depend on it: each chunk says its own place.
            guard let searched = LogFiles(searching: directory) else { return [list] }
            guard receive(.aside(list)) else { return [] }
            files = searched
        }
        for epoch in files.epochs {
            var told = Set<PageDamage>()
            var goesOn = true
            guard (try? Files.isThere(epoch.directory)) != false else {
                // In its turn, so that it stands at the first position that is missing.
                guard
                    receive(
                        .damage(
                            PageDamage(
                                path: epoch.directory, page: nil,
                                what: "the folder of epoch \(epoch.line.number) is away")))
                else { break }
                continue
            }
            do throws(StoreError) {
                let report = try PageCheck.walk(
                    directory: epoch.directory, table: "chunks",
                    metas: pins?.pins[epoch.directory]?.metas,
                    mayLackOlder: files.mayLackOlder
                ) { value in
                    goesOn = take(value, receive)
                    return goesOn
                } damage: { place in
                    told.insert(place)
                    goesOn = receive(.damage(place))
                    return goesOn
                }
                found += report.damage.filter { !told.contains($0) }
                if report.newest != nil, report.tables["chunks"] == nil {
                    found.append(
                        PageDamage(
                            path: epoch.directory + "/data.mdb", page: nil,
                            what: "it has no table of chunks"))
                }
            } catch {
                goesOn = receive(
                    .damage(
                        PageDamage(
                            path: epoch.directory + "/data.mdb", page: nil,
                            what: "it cannot be read: \(error.code)")))
            }
            if goesOn, let closing = epoch.closingDamage(signers: signers) {
                goesOn = receive(.aside(closing))
            }
            if !goesOn { break }
        }
        return found
    }

    private func take(_ value: PageValue, _ receive: (Finding) -> Bool) -> Bool {
        let path = value.path
        guard value.key.count == 8 else {
            return receive(
                .damage(
                    PageDamage(path: path, page: value.page, what: "a key that is no position")))
        }
        do throws(StoreError) {
            let bytes = try value.read()
            return receive(
                .chunk(
                    key: BigEndian.uint64(value.key.span), bytes: bytes, file: path,
                    page: value.page))
        } catch {
            return receive(
                .damage(PageDamage(path: path, page: value.page, what: error.what)))
        }
    }
}
