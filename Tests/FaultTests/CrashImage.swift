import ClearanceStore
import Foundation
import Seeded

/// One choice of what a loss of power left of the changes that were pending.
struct CrashImage {
    /// The sectors of each pending write that reached the disk, by the write's index.
    private(set) var sectors: [Int: Set<Int>] = [:]
    /// Pending changes whose effect on the size reached the disk.
    private(set) var sizes: Set<Int> = []
    /// Changes of names that reached the disk.
    private(set) var namings: Set<Int> = []

    /// How finely a write may be torn.
    enum Grain: Int, CaseIterable { case whole = 0, page = 4_096, sector = 512 }

    /// Everything that was pending is lost, or nothing is.
    init(of disk: Disk, keepingAll: Bool) {
        self.init(of: disk) { _ in keepingAll }
    }

    /// Whole changes, kept or lost as asked by their number: pending changes first, then names.
    init(of disk: Disk, keeping: (Int) -> Bool) {
        let pending = disk.pendingChanges
        for (number, change) in pending.enumerated() where keeping(number) {
            sectors[change.index] = Set(change.sectors)
            sizes.insert(change.index)
        }
        for (number, naming) in disk.pendingNamings.enumerated()
        where keeping(pending.count + number) {
            namings.insert(naming.index)
        }
        close(over: disk)
    }

    /// A random choice: writes torn at one grain, sizes and names on their own.
    init(of disk: Disk, using random: inout SeededGenerator) {
        let grain = Grain.allCases.randomElement(using: &random) ?? .whole
        let share = [0.15, 0.5, 0.85].randomElement(using: &random) ?? 0.5
        let followsOrder = Int.random(in: 0..<4, using: &random) == 0
        let pending = disk.pendingChanges
        let cut = followsOrder ? Int.random(in: 0...pending.count, using: &random) : nil
        for (number, change) in pending.enumerated() {
            if let cut, number != cut {
                guard number < cut else { continue }
                sectors[change.index] = Set(change.sectors)
                sizes.insert(change.index)
                continue
            }
            sectors[change.index] = CrashImage.torn(change, grain, share, using: &random)
            if Double.random(in: 0..<1, using: &random) < share { sizes.insert(change.index) }
        }
        for naming in disk.pendingNamings where Double.random(in: 0..<1, using: &random) < share {
            namings.insert(naming.index)
        }
        close(over: disk)
    }

    private static func torn(
        _ change: Disk.Change, _ grain: Grain, _ share: Double,
        using random: inout SeededGenerator
    ) -> Set<Int> {
        let unit = grain == .whole ? Int.max : grain.rawValue / Disk.sectorBytes
        var kept: Set<Int> = []
        var (current, isKept) = (-1, false)
        for sector in change.sectors {
            if sector / unit != current {
                current = sector / unit
                isKept = Double.random(in: 0..<1, using: &random) < share
            }
            if isKept { kept.insert(sector) }
        }
        return kept
    }

    /// A sector is written whole: with its newest bytes come all older ones.
    private mutating func close(over disk: Disk) {
        for list in disk.changes.values where list.contains(where: { $0.fate != .durable }) {
            var newer: Set<Int> = []
            for change in list.reversed() {
                if change.fate == .durable {
                    newer.formUnion(change.sectors)
                } else {
                    newer.formUnion(sectors[change.index] ?? [])
                    let kept = newer.intersection(change.sectors)
                    sectors[change.index] = kept.isEmpty ? nil : kept
                }
            }
        }
    }

    /// What tells this image from others of the same run.
    func signature(of disk: Disk) -> Int {
        var hasher = Hasher()
        for (object, list) in disk.changes.sorted(by: { $0.key < $1.key }) {
            hasher.combine(object)
            for change in list where change.fate == .durable || !isLost(change) {
                hasher.combine(change.index)
                if change.fate != .durable {
                    hasher.combine(sectors[change.index]?.sorted())
                    hasher.combine(sizes.contains(change.index))
                }
            }
        }
        for (folder, names) in tree(of: disk).sorted(by: { $0.key < $1.key }) {
            hasher.combine(folder)
            hasher.combine(names)
        }
        return hasher.finalize()
    }

    private func isLost(_ change: Disk.Change) -> Bool {
        sectors[change.index] == nil && !sizes.contains(change.index)
    }

    private func tree(of disk: Disk) -> [Disk.Object: [String: Disk.Object]] {
        var tree = disk.durableNames
        for naming in disk.pendingNamings where namings.contains(naming.index) {
            for entry in naming.entries { tree[entry.folder]?[entry.name] = entry.target }
        }
        return tree
    }

    /// Makes the files of this image in a folder.
    func materialise(_ disk: Disk, in folder: String) throws {
        let tree = tree(of: disk)
        var waiting = [(object: 0, path: folder)]
        while let (object, path) = waiting.popLast() {
            if disk.isFolder.contains(object) {
                try FileManager.default.createDirectory(
                    atPath: path, withIntermediateDirectories: false)
                for (name, child) in tree[object] ?? [:] {
                    waiting.append((child, path + "/" + name))
                }
            } else {
                try write(disk.changes[object] ?? [], to: path)
            }
        }
    }

    private func write(_ changes: [Disk.Change], to path: String) throws {
        let file = try ByteFile(path, .truncate)
        var size = 0
        for change in changes {
            let isDurable = change.fate == .durable
            let grows = isDurable || sizes.contains(change.index)
            guard let bytes = change.bytes else {
                if grows {
                    size = change.offset
                    try file.truncate(to: size)
                }
                continue
            }
            if grows { size = max(size, change.end) }
            if isDurable {
                try file.write(at: change.offset, bytes.span)
            } else if let kept = sectors[change.index] {
                for run in CrashImage.runs(kept) { try write(change, bytes, run, to: file) }
            }
        }
        try file.truncate(to: size)
    }

    private func write(
        _ change: Disk.Change, _ bytes: Data, _ run: Range<Int>, to file: ByteFile
    ) throws {
        let from = max(run.lowerBound * Disk.sectorBytes, change.offset)
        let to = min(run.upperBound * Disk.sectorBytes, change.end)
        let range = (from - change.offset)..<(to - change.offset)
        try file.write(at: from, bytes.span.extracting(range))
    }

    /// Neighbouring sectors as ranges.
    private static func runs(_ sectors: Set<Int>) -> [Range<Int>] {
        var found: [Range<Int>] = []
        for sector in sectors.sorted() {
            if let last = found.last, last.upperBound == sector {
                found[found.count - 1] = last.lowerBound..<(sector + 1)
            } else {
                found.append(sector..<(sector + 1))
            }
        }
        return found
    }
}
