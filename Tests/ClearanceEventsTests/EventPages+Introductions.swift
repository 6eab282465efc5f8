extension EventPages {
    /// What each family is, in a few sentences; everything else on its page is generated.
    static let introductions: [String: String] = [
        "order": """
        An order 电子订单 is what a buyer agreed to pay for which goods. Import orders (CEB311) \
        state `acturalPaid`, export orders (CEB303, `orderType` E, B or W) `goodsValue`. A draft \
        is kept and never matched; the live version is told in [../papers.md](../papers.md).
        """,
        "payment": """
        A payment 支付凭证 is what a payment enterprise says was paid for an order (CEB411), or \
        for several through `orders`. `payment.refunded` says that money went back, \
        `payment.evidence` holds the original data of announcements 165 and 179 of 2018.
        """,
        "waybill": """
        A waybill 运单 is the parcel under which goods travel. CEB511 names its order, CEB505 \
        does not: an export waybill meets its order through the list.
        """,
        "proceeds": """
        Proceeds 收款单 (CEB403) say that the money of an export order arrived.
        """,
        "record": """
        Records 备案 are what authorities and enterprises keep on file: enterprises, goods, \
        account books, sites, identities, credentials, quota and credit: grades, penalties, \
        cases, lists and their repair. `party.subject` may be an enterprise or a person.
        """,
        "declare": """
        Declarations 申报 of five forms and what customs answers to them. A declaration \
        without `form` is a list. Requests about a list (cancel, amend, summary) have subjects \
        of their own and refer to the list.
        """,
        "inspect": """
        Inspections 查验, from the drawing of lots to the conclusion. An inspection may be \
        born of a receipt (status 500 to 599) and then carries the receipt's fields.
        """,
        "release": """
        Releases 放行: granted, closed 结关, returned 退运, and the exit through a gate. The \
        first three may be born of a receipt (800, 899, 700).
        """,
        "return": """
        Returns 退货: the request (CEB625, CEB213), customs' answer, the goods' arrival and \
        their tally (CEB215). `coElNo` is the declarant's number in CEB213 to CEB216.
        """,
        "refund": """
        Tax refunds 退税: claim, decision, payment, recovery, and the accounting of goods that \
        went to an overseas warehouse. Amounts are in yuan unless `currency` says otherwise.
        """,
        "settle": """
        Taxes 税款 (CEB816, CEB818 and their payment), guarantees, and foreign exchange 结汇. \
        `lists` and `taxNos` name what a payment or recovery is about.
        """,
        "move": """
        Movements 货物流: where goods are, who holds and who owns them. CEB711, 507, 509 and \
        513 give the first four; the others are said by warehouses. `place` is a site, a book \
        or a country; `holder` and `owner` are enterprises; `inputs` and `outputs` belong to \
        transformations. `treatment` says what follows from an adjustment (补税, 核增).
        """,
        "risk": """
        Risks 风险 from collection to closing, alerts, and recalls of lots with their progress.
        """,
        "clock": """
        `clock.day` says that a Beijing day has ended. Deadlines fire from it, never from a \
        machine's clock.
        """,
        "match": """
        A decision over the match of an order's papers by a person who answers for it.
        """,
        "rules": """
        Rule sets come into force and go out of it; each decision names the one that made it.
        """,
        "receipt": """
        Receipts 回执 that change nothing yet (`progress`) or report an error (`failed`). The \
        layout is the union of all receipt messages and is shared by every event that a receipt \
        gives birth to. `codes` holds the check codes inside `returnInfo`.
        """,
        "ledger": """
        What the ledger says of itself: refused requests, erased persons, disclosures, \
        acknowledgements, publications. A refusal's natural key is the refused key, the content \
        mark and the reason.
        """,
    ]
}
