import Foundation
import Testing

@Suite("The fault shim", .serialized) struct ShimTests {
    @Test("The journal holds every call: replayed whole it gives the files that are there")
    func replayed() throws {
        let harness = try Harness()
        let run = try harness.run("run", ["seed=5", "requests=16"], recording: true)
        #expect(run.status == 0)
        var disk = Disk()
        for (index, record) in try Journal(file: run.journal).records.enumerated() {
            disk.take(record, index: index)
        }
        let copy = harness.folder + "/copy"
        try CrashImage(of: disk, keepingAll: true).materialise(disk, in: copy)
        let files = FileManager.default
        let names = try files.subpathsOfDirectory(atPath: run.root).sorted()
        #expect(try files.subpathsOfDirectory(atPath: copy).sorted() == names)
        for name in names where !name.hasSuffix("lock.mdb") {
            let there = files.contents(atPath: run.root + "/" + name)
            #expect(files.contents(atPath: copy + "/" + name) == there, "\(name)")
        }
    }

    @Test("Nothing but LMDB's lock files is written through a map, which the shim cannot see")
    func mapped() throws {
        let harness = try Harness()
        let run = try harness.run("run", ["seed=6"], recording: true)
        let mapped = try Journal(file: run.journal).records.filter { $0.operation == .mapped }
        #expect(!mapped.isEmpty)
        #expect(mapped.allSatisfy { $0.text.hasSuffix("/lock.mdb") })
    }

    @Test("The process dies at the call that was named, before it or in the middle of it")
    func kills() throws {
        let harness = try Harness()
        for (name, moment) in [("first", "before"), ("second", "mid")] {
            let faults = ["FAULT_KILL": "9", "FAULT_KILL_AT": moment, "FAULT_KINDS": "w"]
            let run = try harness.run(name, ["seed=7"], faults, recording: true)
            #expect(run.status == SIGKILL)
            let writes = try Journal(file: run.journal).count(of: "w")
            #expect(writes == 8 || (moment == "mid" && writes == 9))
            #expect(try run.lines().last?.hasPrefix("killed write ") == true)
        }
    }

    @Test("What was written to one sector is never lost below what came later")
    func sectors() throws {
        var disk = Disk()
        func record(
            _ operation: Journal.Operation, _ offset: Int = 0, _ bytes: [UInt8] = [],
            flushed: Bool = false
        ) -> Journal.Record {
            Journal.Record(
                operation: operation, isFlushed: flushed, result: 0, inode: 9, offset: offset,
                length: bytes.count, payload: Data(bytes))
        }
        disk.take(record(.create, 0, Array("f".utf8)), index: 0)
        disk.take(record(.write, 0, [UInt8](repeating: 1, count: 1_024)), index: 1)
        disk.take(record(.write, 600, [2, 2], flushed: true), index: 2)
        let lost = CrashImage(of: disk, keepingAll: false)
        #expect(lost.sectors == [1: [1]])
        #expect(disk.pendingChanges.map(\.index) == [1])
        disk.take(record(.syncBegin), index: 3)
        disk.take(record(.write, 4_096, [3]), index: 4)
        disk.take(record(.syncEnd), index: 5)
        #expect(disk.pendingChanges.map(\.index) == [4])
    }
}
