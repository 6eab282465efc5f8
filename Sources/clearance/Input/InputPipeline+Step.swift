import ClearanceInterchange

extension InputPipeline {
    /// One piece on its way: bytes in, portions out. Belongs to the thread that made it.
    final class Step {
        let spot: Queue.Spot
        private(set) var reader: VerifyingReader
        private(set) var isUnwanted = false
        private let pipeline: InputPipeline
        private var maker: Maker
        private var bytes = 0

        init(_ pipeline: InputPipeline, _ spot: Queue.Spot, _ reader: VerifyingReader) {
            self.spot = spot
            self.reader = reader
            self.pipeline = pipeline
            maker = pipeline.maker()
        }

        /// Parses bytes; hands portions on and waits where there is no room for them.
        ///
        /// - Parameter isLast: nothing follows, which spares the reader keeping what is open.
        func push(_ piece: [UInt8], isLast: Bool) {
            var start = 0
            while start < piece.count, !isUnwanted {
                let end = isLast ? piece.count : min(start + pipeline.limits.stepBytes, piece.count)
                bytes += end - start
                reader.push(piece.span.extracting(start..<end), isLast: isLast) { take($0) }
                start = end
            }
        }

        /// The piece has ended.
        func finish() {
            if isUnwanted { return }
            reader.finish { take($0) }
            maker.finish { hand($0) }
        }

        private func take(_ item: ParsedItem) {
            // Of what nobody wants the rest of the step is still parsed, and forgotten.
            if !isUnwanted { maker.take(item) { hand($0) } }
        }

        private func hand(_ portion: Maker.Portion) {
            let (spot, read) = (spot, bytes)
            bytes = 0
            isUnwanted = !pipeline.gate.wait { $0.add(portion, at: spot, bytes: read) }
        }
    }
}
