import Foundation

/// What a disk may hold after a loss of power, followed call by call (`specs/faults.md`).
///
/// A change of a file is *pending* until a flush of that file that began after it ends well; a
/// name is pending until its folder was flushed. What was pending when a flush failed stays
/// pending for ever: the system may have dropped it, and no later flush brings it back.
struct Disk: Sendable {
    /// A file or folder over all its names; an inode number may come twice.
    typealias Object = Int

    enum Fate: Sendable { case pending, dropped, durable }

    /// One change of one file.
    struct Change: Sendable {
        let index: Int
        let object: Object
        let offset: Int
        /// The bytes written; nil when the size alone was set, to `offset`.
        let bytes: Data?
        var fate = Fate.pending

        var end: Int { offset + (bytes?.count ?? 0) }

        /// The sectors it touches.
        var sectors: Range<Int> {
            guard let bytes, !bytes.isEmpty else { return 0..<0 }
            return offset / Disk.sectorBytes..<((end - 1) / Disk.sectorBytes + 1)
        }
    }

    /// One change of names, whole or not at all.
    struct Naming: Sendable {
        let index: Int
        /// Folder, name, and what it names from then on.
        let entries: [(folder: Object, name: String, target: Object?)]
    }

    private struct Flush: Hashable, Sendable {
        let inode: UInt64
        let number: Int
    }

    static let sectorBytes = 512

    private(set) var changes: [Object: [Change]] = [:]
    private(set) var pendingNamings: [Naming] = []
    private(set) var durableNames: [Object: [String: Object]] = [0: [:]]
    private(set) var isFolder: Set<Object> = [0]
    /// Names as the running program sees them.
    private var names: [Object: [String: Object]] = [0: [:]]
    private var objects: [UInt64: Object] = [:]
    /// Flushes under way, by file and by what tells two of one file apart.
    private var flushes: [Flush: (changes: Set<Int>, namings: Set<Int>)] = [:]
    private var next = 0

    /// Takes the next record of a run.
    mutating func take(_ record: Journal.Record, index: Int) {
        switch record.operation {
        case .root: objects[record.inode] = 0
        case .create, .makeDirectory: make(record, index)
        case .write, .truncate: change(record, index)
        case .syncBegin: beginFlush(Flush(inode: record.inode, number: record.offset))
        case .syncEnd:
            endFlush(
                Flush(inode: record.inode, number: record.offset), isGood: record.result == 0)
        case .rename, .link, .unlink, .removeDirectory: name(record, index)
        case .announce, .mapped: break
        }
    }

    private mutating func make(_ record: Journal.Record, _ index: Int) {
        guard let path = record.names.first, let (folder, name) = place(path) else { return }
        next += 1
        objects[record.inode] = next
        if record.operation == .makeDirectory {
            isFolder.insert(next)
            names[next] = [:]
            durableNames[next] = [:]
        }
        rename(index, [(folder, name, next)])
    }

    private mutating func change(_ record: Journal.Record, _ index: Int) {
        guard let object = objects[record.inode] else { return }
        let isWrite = record.operation == .write
        var change = Change(
            index: index, object: object, offset: isWrite ? record.offset : record.length,
            bytes: isWrite ? record.payload : nil)
        if record.isFlushed { change.fate = .durable }
        changes[object, default: []].append(change)
    }

    private mutating func name(_ record: Journal.Record, _ index: Int) {
        let paths = record.names
        guard let first = paths.first, let (folder, name) = place(first),
            let object = names[folder]?[name]
        else { return }
        switch record.operation {
        case .rename:
            guard paths.count == 2, let (target, newName) = place(paths[1]) else { return }
            rename(index, [(folder, name, nil), (target, newName, object)])
        case .link:
            guard paths.count == 2, let (target, newName) = place(paths[1]) else { return }
            rename(index, [(target, newName, object)])
        default:
            rename(index, [(folder, name, nil)])
        }
    }

    private mutating func rename(
        _ index: Int, _ entries: [(folder: Object, name: String, target: Object?)]
    ) {
        for entry in entries { names[entry.folder]?[entry.name] = entry.target }
        pendingNamings.append(Naming(index: index, entries: entries))
    }

    private mutating func beginFlush(_ flush: Flush) {
        guard let object = objects[flush.inode] else { return }
        let covered = Set((changes[object] ?? []).filter { $0.fate == .pending }.map(\.index))
        let namings = Set(
            pendingNamings.filter { $0.entries.contains { $0.folder == object } }.map(\.index))
        flushes[flush] = (covered, namings)
    }

    private mutating func endFlush(_ ended: Flush, isGood: Bool) {
        guard let object = objects[ended.inode],
            let flush = flushes.removeValue(forKey: ended)
        else { return }
        if var list = changes[object] {
            for place in list.indices where flush.changes.contains(list[place].index) {
                if list[place].fate == .pending { list[place].fate = isGood ? .durable : .dropped }
            }
            changes[object] = list
        }
        guard isGood else { return }
        for naming in pendingNamings where flush.namings.contains(naming.index) {
            for entry in naming.entries { durableNames[entry.folder]?[entry.name] = entry.target }
        }
        pendingNamings.removeAll { flush.namings.contains($0.index) }
    }

    /// The folder and last name of a path below the root.
    private func place(_ path: String) -> (Object, String)? {
        let parts = path.split(separator: "/").map(String.init)
        guard let last = parts.last else { return nil }
        var folder = 0
        for part in parts.dropLast() {
            guard let inner = names[folder]?[part] else { return nil }
            folder = inner
        }
        return (folder, last)
    }

    /// Changes of files that may be lost, in order.
    var pendingChanges: [Change] {
        changes.values.flatMap { $0.filter { $0.fate != .durable } }
            .sorted { $0.index < $1.index }
    }
}
