import ClearanceEvents
import ClearanceInterchange
import Foundation
import Testing

@testable import clearance

@Suite("the reading of many inputs")
struct PipelineTests {
    private let tool: Tool

    init() throws { tool = try Tool() }

    /// Portions of a few documents, kept as they came.
    private struct Kept: InputPortion {
        var items: [ParsedItem] = []
        var cost: Int { items.count }
    }

    private struct Keeper: PortionMaker {
        let most: Int
        var portion = Kept()

        mutating func take(_ item: ParsedItem, into emit: (Kept) -> Void) {
            portion.items.append(item)
            if portion.items.count == most { finish(into: emit) }
        }

        mutating func finish(into emit: (Kept) -> Void) {
            if !portion.items.isEmpty { emit(portion) }
            portion = Kept()
        }
    }

    private static let documents: [Data] = {
        var files: [Data] = []
        for file in 0..<6 {
            var text = file == 2 ? "" : "\u{FEFF}"
            for number in 0..<(file * 7) {
                text += number % 5 == 3 ? " \t\r\n\n" : ""
                text += number % 6 == 4 ? "{no\n" : Papers.order("F\(file)N\(number)")
            }
            files.append(Data((file == 4 ? String(text.dropLast()) : text).utf8))
        }
        return files
    }()

    private func inputs() throws -> InputFiles {
        for (index, content) in Self.documents.enumerated() {
            try tool.write(String(decoding: content, as: UTF8.self), to: "in/\(index).ndjson")
        }
        return try InputFiles([tool.folder.path + "/in"])
    }

    /// What one reader says of the files, one after the other.
    private func expected(_ files: InputFiles) throws -> [ParsedItem] {
        var items: [ParsedItem] = []
        for input in files.inputs {
            let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: input.path)))
            InterchangeReader.read(bytes.span, file: input.path) { items.append($0) }
        }
        return items
    }

    @Test(
        "However many threads read, and however little room they have, the order is one reader's",
        arguments: [1, 2, 5], [1, 3, 1_000])
    func order(jobs: Int, room: Int) throws {
        let files = try inputs()
        let expected = try expected(files)
        try #require(expected.count > 80)
        for pieceBytes in [1, 700, 5_000, 1 << 20] {
            var limits = InputLimits()
            limits.pieceBytes = pieceBytes
            limits.stepBytes = 333
            limits.bytesInFlight = room
            limits.filesInFlight = room
            let pipeline = InputPipeline(
                files, reading: Reading(), jobs: jobs, limits: limits, maker: { Keeper(most: 2) })
            var items: [ParsedItem] = []
            var ends: [Int] = []
            while let delivery = pipeline.take() {
                switch delivery {
                case .portion(let portion, let file, _):
                    #expect(file == ends.count)
                    items += portion.items
                case .end(let file, _): ends.append(file)
                }
            }
            #expect(items == expected, "\(jobs) jobs, room \(room), pieces of \(pieceBytes)")
            #expect(ends == Array(files.inputs.indices))
            #expect(pipeline.join(seconds: 60))
        }
    }

    @Test("Readers wait for a slow taker: never more waits than there is room for")
    func pressure() throws {
        let files = try inputs()
        var limits = InputLimits()
        limits.pieceBytes = 600
        limits.bytesInFlight = 4
        let pipeline = InputPipeline(
            files, reading: Reading(), jobs: 3, limits: limits, maker: { Keeper(most: 1) })
        var count = 0
        while let delivery = pipeline.take() {
            if case .portion(let portion, _, _) = delivery { count += portion.items.count }
            usleep(500)
        }
        #expect(count == (try expected(files)).count)
        // The room, and the one portion that the taker waits for.
        #expect(pipeline.mostBytes <= 5)
    }

    @Test("Who stops gets nothing more, and the threads go home")
    func stopped() throws {
        let files = try inputs()
        var limits = InputLimits()
        limits.bytesInFlight = 1
        let pipeline = InputPipeline(
            files, reading: Reading(), jobs: 4, limits: limits, maker: { Keeper(most: 1) })
        _ = pipeline.take()
        pipeline.stop()
        if pipeline.take() != nil { Issue.record("something came") }
        #expect(pipeline.join(seconds: 60))
    }

    @Test("A file's content is told byte for byte, whether one thread read it or several")
    func content() throws {
        let files = try inputs()
        for pieceBytes in [500, 1 << 20] {
            var limits = InputLimits()
            limits.pieceBytes = pieceBytes
            let pipeline = InputPipeline(
                files, reading: Reading(), jobs: 2, limits: limits, maker: { Keeper(most: 9) })
            while let delivery = pipeline.take() {
                guard case .end(let file, let end) = delivery else { continue }
                guard case .read(let content?) = end else {
                    Issue.record("\(end)")
                    continue
                }
                let whole = try InputCursor.digest(of: files.inputs[file], pieceBytes: 99)
                #expect(content.digest == whole)
                #expect(content.bytes == Self.documents[file].count)
            }
        }
    }
}
