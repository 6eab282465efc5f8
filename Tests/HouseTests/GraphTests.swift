import Testing

@Suite("The rooms and their doors")
struct GraphTests {
    /// Modules of the system that a room may use without a line in the manifest.
    private static let system: Set<String> = ["Swift", "Glibc", "Synchronization", "Dispatch"]
    /// Rooms that meet the outside and may use Foundation.
    private static let outer: Set<String> = ["clearance", "ClearanceTesting"]
    /// Rooms that compute: no thread, no file, no clock.
    private static let pure: Set<String> = [
        "ClearanceEvents", "ClearanceMatching", "ClearanceProjections",
    ]

    /// Single files that need one module more, each with the reason in its first lines.
    private static let exceptions: [String: Set<String>] = [
        // An optimised build may call the C library's `sqrt`, and only the import links it.
        "Sources/ClearanceProjections/Statistics/SquareRoot.swift": ["Glibc", "Musl"]
    ]

    @Test("Each room imports only what the manifest allows")
    func imports() throws {
        var offenders: [String] = []
        let pattern = #/\bimport\s+(?:struct |class |enum |func |protocol )?([A-Za-z_]+)/#
        for file in Repository.sources {
            let allowed = Set(try #require(PackageManifest.dependencies(of: file.room)))
            for (index, line) in file.code.enumerated() {
                guard let match = line.firstMatch(of: pattern) else { continue }
                let module = String(match.output.1)
                let isSystem =
                    module == "Swift"
                    || (Self.system.contains(module) && !Self.pure.contains(file.room))
                    || (module == "Foundation" && Self.outer.contains(file.room))
                    || Self.exceptions[file.path]?.contains(module) == true
                if !allowed.contains(module) && !isSystem {
                    offenders.append("\(file.path):\(index + 1): \(module)")
                }
            }
        }
        #expect(offenders == [])
    }

    @Test("The manifest's graph is the table of specs/house.md")
    func graph() throws {
        let rows = MarkdownTable.rows(of: Repository.text("specs/house.md"), headed: "Room")
        var told: [String: [String]] = [:]
        for row in rows {
            let names = row[0].matches(of: #/`([^`]+)`/#).map { String($0.output.1) }
            let imports = row[2].matches(of: #/`([^`]+)`/#).map { String($0.output.1) }
            for name in names { told[name] = imports.sorted() }
        }
        for target in PackageManifest.targets where target.kind != "testTarget" {
            #expect(told[target.name] == target.dependencies, "\(target.name)")
        }
        let names = PackageManifest.targets.filter { $0.kind != "testTarget" }.map(\.name)
        #expect(Set(told.keys) == Set(names))
    }

    @Test("Every room of the sources has a line in the manifest")
    func rooms() {
        let rooms = Set(Repository.sources.map(\.room))
        #expect(rooms.isSubset(of: Set(PackageManifest.targets.map(\.name))))
        #expect(rooms.count >= 8)
    }

    @Test("A manifest is read with its products and nested lists")
    func manifest() {
        let text = """
            let package = Package(
                targets: [
                    .target(name: "A", dependencies: ["B", .product(name: "C", package: "d")]),
                    .systemLibrary(name: "E", providers: [.apt(["f"])]),
                ])
            """
        #expect(
            PackageManifest.parse(text) == [
                .init(kind: "target", name: "A", dependencies: ["B", "C"]),
                .init(kind: "systemLibrary", name: "E", dependencies: []),
            ])
    }
}
