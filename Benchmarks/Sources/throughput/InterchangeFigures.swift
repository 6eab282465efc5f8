import ClearanceInterchange
import Foundation
import Workload

/// Reading what comes from outside: CEB messages beside expat with empty handlers over the same
/// bytes, and NDJSON.
struct InterchangeFigures {
    let workload: Workload
    let messages: Messages

    func measure(into figures: inout Figures) {
        let papers = hundreds(into: &figures)
        singles(into: &figures)
        twoCores(papers, into: &figures)
        let events = workload.events.count
        let lines = shortest {
            precondition(messages.lines.reduce(0) { $0 + Messages.read($1) } == events)
        }
        figures.rate("ndjsonEventsPerSecond", events, in: lines)
    }

    /// Messages of a hundred documents; how many documents there are.
    private func hundreds(into figures: inout Figures) -> Int {
        let files = messages.hundreds
        let papers = files.reduce(0) { $0 + Messages.read($1) }
        let bytes = files.reduce(0) { $0 + $1.count }
        let raw = shortest { parse(files) }
        let read = shortest { precondition(Self.read(files, .values) == papers) }
        let checked = shortest { precondition(Self.read(files, .business) == papers) }
        figures.rate("xmlPapersPerSecond", papers, in: read)
        figures.rate("rawXmlPapersPerSecond", papers, in: raw)
        figures.number("xmlMegabytesPerSecond", Double(bytes) / 1e6 / read.seconds)
        figures.rate("xmlBusinessPapersPerSecond", papers, in: checked)
        return papers
    }

    private func singles(into figures: inout Figures) {
        let files = messages.singles
        let raw = shortest { parse(files) }
        let read = shortest { precondition(Self.read(files, .values) == files.count) }
        figures.rate("xmlSinglePapersPerSecond", files.count, in: read)
        figures.rate("rawXmlSinglePapersPerSecond", files.count, in: raw)
    }

    /// Two threads that share the files, each file read by one of them.
    private func twoCores(_ papers: Int, into figures: inout Figures) {
        let files = messages.hundreds
        let halves = [0, 1].map { half in
            files.indices.filter { $0 % 2 == half }.map { files[$0] }
        }
        let read = shortest {
            DispatchQueue.concurrentPerform(iterations: 2) { half in
                _ = Self.read(halves[half], .values)
            }
        }
        figures.rate("xmlTwoCoresPapersPerSecond", papers, in: read)
    }

    private static func read(_ files: [[UInt8]], _ depth: CheckDepth) -> Int {
        files.reduce(0) { $0 + Messages.read($1, depth: depth) }
    }

    private func parse(_ files: [[UInt8]]) {
        precondition(files.reduce(0) { $0 + Plain.elements(of: $1) } > files.count)
    }
}
