public import ClearanceEvents

/// Everything that was said of the lists of one consignment, as facts in canonical order.
///
/// The row keeps facts, not a state: a state that is derived from the whole set cannot depend on
/// the order in which facts came. ``state`` is the meaning.
public struct ProcedureRow: FoldRow {
    /// The facts, in canonical order of their events.
    public internal(set) var steps: [ProcedureStep] = []

    public init() {}

    /// The state that the facts amount to. Cost: O(facts), a few microseconds.
    public var state: ProcedureState { ProcedureState(of: self) }

    public func encode(into writer: inout ByteWriter) {
        writer.writeVarint(UInt64(steps.count))
        for step in steps { step.encode(into: &writer) }
    }

    @_lifetime(reader: copy reader)
    public init(from reader: inout ByteReader) throws(DecodingError) {
        for _ in 0..<(try reader.varint()) { steps.append(try ProcedureStep(from: &reader)) }
    }
}
