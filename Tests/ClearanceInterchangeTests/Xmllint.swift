import Glibc
import Testing

@testable import ClearanceInterchange

/// The schema validator of libxml2, where it is installed.
enum Xmllint {
    static let isThere = unsafe access("/usr/bin/xmllint", X_OK) == 0

    private static func schema(_ message: CEBMessage, _ version: CEBVersion) -> String {
        let name =
            switch (version, message.direction) {
            case (.v2018, .import): "进口业务节点报文.xsd"
            case (.v2018, .export): "出口业务节点报文.xsd"
            case (.v202205, .import): "海关跨境进口业务节点报文定义202205.xsd"
            case (.v202205, .export): "海关跨境出口业务节点报文定义202205.xsd"
            }
        return "\(Kit.root)/official-\(version.rawValue)/xsd/\(name)"
    }

    /// What the official schemas of a message's direction say of each of many messages, in one
    /// call of the validator: nil where one is valid, else the first thing said against it.
    static func verdicts(
        _ documents: [[UInt8]], like message: CEBMessage, in version: CEBVersion
    ) throws -> [String?] {
        try verdicts(documents, schema: schema(message, version))
    }

    /// What a schema says of each of many documents.
    static func verdicts(_ documents: [[UInt8]], schema: String) throws -> [String?] {
        if documents.isEmpty { return [] }
        var template = Array("/tmp/clearance-interchange-XXXXXX".utf8CString)
        let made = unsafe mkdtemp(&template) != nil
        try #require(made)
        let folder = String(
            decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { _ = run("rm -r \(folder)") }
        for (index, bytes) in documents.enumerated() {
            try write(bytes, to: "\(folder)/\(index).xml")
        }
        // The names come in the order of the numbers, so that a line is found by its number.
        let said = run(
            "cd \(folder) && seq -f %.0f.xml 0 \(documents.count - 1) | xargs xmllint --nonet "
                + "--noout --schema '\(schema)' 2>&1")
        var verdicts: [String?] = Array(repeating: "nothing was said", count: documents.count)
        for line in said.split(separator: "\n") {
            guard let dot = line.firstIndex(of: "."), let index = Int(line[..<dot]),
                verdicts.indices.contains(index)
            else { continue }
            if line.hasSuffix(" validates") {
                verdicts[index] = nil
            } else if verdicts[index] == "nothing was said" {
                verdicts[index] = String(line.prefix(400))
            }
        }
        return verdicts
    }

    private static func write(_ bytes: [UInt8], to path: String) throws {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        try #require(descriptor >= 0)
        let written = unsafe Glibc.write(descriptor, bytes, bytes.count)
        close(descriptor)
        try #require(written == bytes.count)
    }

    private static func run(_ command: String) -> String {
        guard let pipe = unsafe popen(command, "r") else { return "" }
        var output: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe fread(&piece, 1, piece.count, pipe)
            if count == 0 { break }
            output.append(contentsOf: piece[..<count])
        }
        unsafe pclose(pipe)
        return String(decoding: output, as: UTF8.self)
    }
}
