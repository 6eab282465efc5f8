/// The text form of the vocabulary, family by family, in the order of the data.
enum Vocabulary {
    static let texts: [String] = [
        common,
        orders,
        payments,
        papers,
        receipts,
        declare,
        requests,
        returns,
        moves,
        taxes,
        settlements,
        refunds,
        inspections,
        records,
        risks,
        ledger,
    ]
}
