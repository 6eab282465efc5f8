import ClearanceEvents
import Seeded
import Testing

@Suite(.serialized) struct SpecFilesTests {
    private static let schemas = SchemaText.files()
    private static let examples = ExampleText.files()

    private static let validator = SchemaValidator(
        schemas: Dictionary(
            uniqueKeysWithValues: schemas.compactMap { path, text in
                JSON(parsing: text).map { (String(path.dropFirst("schemas/".count)), $0) }
            }))

    @Test("The schemas in specs/schemas are those of the catalogue, and no others")
    func schemas() throws {
        #expect(try SpecFiles.differences(Self.schemas) == [])
        #expect(Self.validator.schemas.count == Self.schemas.count)
        expectNoStrays("schemas", Self.schemas)
        expectNoStrays("schemas/layouts", Self.schemas)
    }

    @Test("The examples in specs/examples are those of the catalogue, and no others")
    func examples() throws {
        #expect(try SpecFiles.differences(Self.examples) == [])
        expectNoStrays("examples", Self.examples)
    }

    @Test("The family pages in specs/events are those of the catalogue")
    func pages() throws {
        #expect(try SpecFiles.differences(EventPages.files()) == [])
        expectNoStrays("events", EventPages.files(), except: ["README.md"])
    }

    private func expectNoStrays(
        _ folder: String, _ wanted: [String: String], except: Set<String> = []
    ) {
        for name in SpecFiles.names(folder) where name.contains(".") && !except.contains(name) {
            #expect(wanted["\(folder)/\(name)"] != nil, "\(folder)/\(name) is nobody's")
        }
    }

    @Test("Every type has a valid example: by its schema, without faults, as an entry")
    func valid() throws {
        for type in Catalogue.current.types {
            let text = try #require(SpecFiles.text("examples/\(type.name).valid.json"))
            let json = try #require(JSON(parsing: text), "\(type.name)")
            let data = try #require(json["data"])
            #expect(
                Self.validator.faults(of: data, schema: "\(type.name).json") == [], "\(type.name)")
            let event = try #require(json.event, "\(type.name)")
            #expect(event.faults() == [], "\(type.name)")
            #expect(try Event(EventView(Encoded.bytes(event).span)).data == event.data)
        }
    }

    @Test("Every type has an invalid example that the schema and the check refuse")
    func invalid() throws {
        for type in Catalogue.current.types {
            let text = try #require(SpecFiles.text("examples/\(type.name).invalid.json"))
            let json = try #require(JSON(parsing: text), "\(type.name)")
            let data = try #require(json["data"])
            #expect(
                Self.validator.faults(of: data, schema: "\(type.name).json") != [], "\(type.name)")
            #expect(json.event?.faults() != [], "\(type.name)")
        }
    }

    @Test("Schema and check agree on fields of a wrong kind", arguments: [1, 2, 3] as [UInt64])
    func agreement(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let wrong: [JSON] = [.array([.bool(true)]), .object([]), .bool(true), .number("1.5")]
        for type in Catalogue.current.types {
            let text = try #require(SpecFiles.text("examples/\(type.name).valid.json"))
            let json = try #require(JSON(parsing: text))
            let members = json["data"]?.members ?? []
            let spoilt = try #require(members.randomElement(using: &random))
            let value = try #require(wrong.randomElement(using: &random))
            let data = JSON.object(
                members.map { $0.name == spoilt.name ? .init($0.name, value) : $0 })
            let whole = JSON.object(
                json.members.map { $0.name == "data" ? .init("data", data) : $0 })
            let bySchema = Self.validator.faults(of: data, schema: "\(type.name).json").isEmpty
            let byCheck = whole.event?.faults().isEmpty
            #expect(bySchema == byCheck, "\(type.name).\(spoilt.name), seed \(seed)")
        }
    }
}
