import ClearanceEvents
import ClearanceStore

/// A copy of the files of `keys/` in another folder.
///
/// All of them are made in a folder of their own and take their places when they are whole: the
/// slots first, the list of what was erased last. So a copy never calls a person erased whose keys
/// it has, whatever it is cut off at.
struct KeyCopy {
    /// Where the files are made; what a copy left that was cut off is no copy.
    private static let stagingName = "copying"
    private static let slots = "slots"

    private let source: String
    private let target: String
    private var staging: String { target + "/" + KeyCopy.stagingName }

    /// Begins a copy; a folder that is absent is made.
    init(from source: String, to target: String) throws(StoreError) {
        (self.source, self.target) = (source, target)
        if !Files.exists(target) { try Files.makeDirectory(target) }
        try Files.removeTree(staging)
        try Files.makeDirectory(staging)
    }

    /// Makes copies of the key files, and of nothing else that lies beside them: no folder, no
    /// lock, nothing that is still being written under another name.
    func copyKeys() throws(StoreError) {
        for name in try Files.list(source)
        where name != BackupFiles.lockName && !name.hasSuffix(".new")
            && ErasureLists.Name(rawValue: name) == nil && Files.isFile(source + "/" + name)
        {
            try copy(name)
        }
    }

    /// Makes copies of the lists of erasures; behind ``copyKeys()``.
    ///
    /// Whoever erases writes the wish, overwrites the keys, lists them as erased and takes the wish
    /// away, in this order. So in that order the lists are copied behind the keys: of keys that the
    /// copy has as overwritten, it has the wish or the list. Keys that it has although they are
    /// listed are left to ``follow(_:behind:)``.
    func copyLists() throws(StoreError) {
        try copy(list: .erasures)
        try copy(list: .erased)
    }

    func copy(list: ErasureLists.Name) throws(StoreError) {
        if Files.isFile(source + "/" + list.rawValue) { try copy(list.rawValue) }
    }

    /// Overwrites what was overwritten in the source since its keys were copied and is listed as
    /// erased in the copy.
    ///
    /// - Parameter before: what was listed before the keys were copied.
    func follow(_ reader: LogReader, behind before: Set<UInt64>) throws(LedgerError) {
        let listed = (try? ErasureLists(folder: staging).erased()) ?? []
        let late = listed.subtracting(before)
        guard !late.isEmpty, Files.exists(staging + "/" + KeyCopy.slots) else { return }
        do {
            let own = try SlotFile(source + "/" + KeyCopy.slots, readOnly: true)
            var slots: Set<UInt64> = []
            for position in late {
                let named = try reader.withEntry(position) { bytes in
                    let view = try? EventView(bytes)
                    return [view?.slot(of: .buyer), view?.slot(of: .consignee)]
                }
                for slot in named.compactMap({ $0 }) where try own.state(of: slot) == .erased {
                    slots.insert(slot)
                }
            }
            let copy = try SlotFile(staging + "/" + KeyCopy.slots, readOnly: false)
            try copy.erase(slots.sorted())
        } catch { throw LedgerError(error) }
    }

    /// Puts what was made in its place.
    func place() throws(StoreError) {
        let last = ErasureLists.Name.allCases.map(\.rawValue)
        let names = try Files.list(staging).filter { !last.contains($0) && $0 != KeyCopy.slots }
        for name in [KeyCopy.slots] + names + last where Files.exists(staging + "/" + name) {
            try Files.rename(staging + "/" + name, to: target + "/" + name)
        }
    }

    /// Removes what was not put in its place.
    func end() { try? Files.removeTree(staging) }

    private func copy(_ name: String) throws(StoreError) {
        try Files.copy(source + "/" + name, to: staging + "/" + name)
    }
}

extension Ledger {
    /// Copies key files of a folder in which nobody erases: a copy, or a ledger that is not open.
    static func copyKeys(from source: String, to target: String) throws(LedgerError) {
        try storing { () throws(StoreError) in
            let copy = try KeyCopy(from: source, to: target)
            defer { copy.end() }
            try copy.copyKeys()
            try copy.copyLists()
            try copy.place()
        }
    }

    /// Copies the keys beside whoever erases, this process or another; one run at a time.
    func copyKeys(to target: String) throws(LedgerError) {
        let source = directory + "/keys"
        try storing { () throws(StoreError) in
            if try !Files.isThere(target) { try Files.makeDirectory(target) }
        }
        let lock = try BackupFiles.take(target)
        defer { lock.release() }
        // A list that cannot be read names nobody: with it no ledger is written, so nobody erases.
        let before = (try? ErasureLists(folder: source).erased()) ?? []
        let copy = try storing { () throws(StoreError) in try KeyCopy(from: source, to: target) }
        defer { copy.end() }
        try storing { () throws(StoreError) in
            try copy.copyKeys()
            try copy.copyLists()
        }
        // The log is read behind the lists: of every position that they name it has the entry.
        try copy.follow(try log.reader(), behind: before)
        try storing { () throws(StoreError) in try copy.place() }
    }
}
