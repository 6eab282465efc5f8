import Testing

@testable import ClearanceEvents

/// Folding version 1 and the marks made of it.
@Suite struct FoldingTests {
    @Test(
        "Spellings of one name or number fold to one text",
        arguments: [
            ("Zhang San", "zhangsan"), ("ＺＨＡＮＧ　ＳＡＮ", "zhangsan"), ("O'Brien-Smith", "obriensmith"),
            ("+86 138-0000-0000", "8613800000000"), ("买买提·艾力", "买买提艾力"), ("张三（收）", "张三收"),
            ("北京市，朝阳区。１号", "北京市朝阳区1号"), ("张三", "张三"), ("", ""), ("·-—", ""),
        ])
    func folds(_ given: String, _ folded: String) {
        #expect(Folding.folded(given) == folded)
        #expect(Folding.folded(folded) == folded)
        let isStable = Folding.isFolded(folded.utf8Span.span)
        let isUnchanged = Folding.isFolded(given.utf8Span.span)
        #expect(isStable)
        #expect(isUnchanged == (given == folded))
    }

    @Test("Folding keeps what tells names apart: characters, digits, letters with accents")
    func keeps() {
        #expect(Folding.folded("張三") != Folding.folded("张三"))
        #expect(Folding.folded("José") != Folding.folded("Jose"))
        #expect(Folding.folded("张3") != Folding.folded("张三"))
        #expect(Folding.folded("㐀ひカ") == "㐀ひカ")
    }

    private func view(_ name: String, _ body: (EventView) -> Void) throws {
        var event = Event(
            "order.submitted", subject: "order:E/1", time: Instant(microseconds: 0),
            source: "urn:test", id: "1")
        event.data["buyerName"] = .text(name)
        event.data["buyerIdNumber"] = .text("110101190001010006")
        body(try EventView(Encoded.bytes(event).span))
    }

    @Test("A folded mark stands beside the exact one only where folding changes the text")
    func marks() throws {
        let field = Catalogue.field("order.buyerName")
        let identity = Catalogue.field("order.buyerIdNumber")
        var folded: [Digest16?] = []
        var exact: [Digest16?] = []
        for name in ["zhangsan", "Zhang San", "ＺＨＡＮＧ·ＳＡＮ", "lisi"] {
            try view(name) { view in
                var count = 0
                view.forEachMark { number, _, _ in
                    if number == field.number { count += 1 }
                    return true
                }
                #expect(count == (name == "zhangsan" || name == "lisi" ? 1 : 2), "\(name)")
                folded.append(view.foldedMark(field))
                exact.append(view.mark(field))
                let (one, other) = (view.foldedMark(identity), view.mark(identity))
                #expect(one == other && one != nil)
            }
        }
        #expect(folded[0] == folded[1] && folded[1] == folded[2] && folded[2] != folded[3])
        #expect(Set(exact.compactMap { $0 }).count == 4)
        #expect(folded[0] == exact[0])
    }

    @Test("An absent field has neither mark")
    func absent() throws {
        try view("") { view in
            let marks = [
                view.mark(Catalogue.field("order.buyerName")),
                view.foldedMark(Catalogue.field("order.buyerName")),
                view.foldedMark(Catalogue.field("order.consignee")),
            ]
            #expect(marks == [nil, nil, nil])
        }
    }
}
