extension PageCheck {
    /// Walks the trees of one commit and adds up its pages.
    func snapshot(
        _ meta: RawMeta, _ account: PageAccount, _ receive: ((TreeWalk.Finding) -> Bool)?
    ) -> Snapshot {
        var snapshot = Snapshot()
        (snapshot.free, snapshot.freedBy) = freeList(meta, account)
        snapshot.tables = tables(meta, account)
        // The table that is asked for comes first: its pages matter most when the effort ends.
        let ordered =
            snapshot.tables.filter { $0.name == growingTable }
            + snapshot.tables.filter { $0.name != growingTable }
        for (name, record) in ordered {
            let isAsked = name == growingTable
            if isAsked { snapshot.lastKey = lastKey(of: record, account) }
            var walk = TreeWalk(
                account, .table, name: name, readsLargeHeaders: effort == .whole,
                isAsked ? receive : nil)
            walk.run(record)
        }
        addUp(meta, snapshot, account)
        return snapshot
    }

    /// The rows of the table of tables.
    private func tables(
        _ meta: RawMeta, _ account: PageAccount
    ) -> [(name: String, record: TableRecord)] {
        var tables: [(name: String, record: TableRecord)] = []
        var walk = TreeWalk(account, .tables, name: "the table of tables", readsLargeHeaders: true)
        { finding in
            guard case .entry(let value) = finding, let row = try? value.read() else { return true }
            let name = String(decoding: value.key, as: UTF8.self)
            let record = TableRecord(row.span)
            if record.flags != 0 || record.pad != 0 || record.pages == nil {
                account.add(value.page, "the row of table \(name) says what is never written")
            } else {
                tables.append((name, record))
            }
            return true
        }
        walk.run(meta.main)
        return tables
    }

    /// Claims every free page and answers how many there are, and the last commit that freed some.
    private func freeList(
        _ meta: RawMeta, _ account: PageAccount
    ) -> (count: UInt64, newest: UInt64) {
        var free: UInt64 = 0
        var newest: UInt64 = 0
        var walk = TreeWalk(account, .freeList, name: "the free list", readsLargeHeaders: true) {
            finding in
            guard case .entry(let value) = finding else { return true }
            newest = NativeBytes.u64(value.key.span, 0)
            if newest > meta.transaction {
                account.add(value.page, "pages freed by commit \(newest), \(PageCheck.yetToCome)")
            }
            guard let list = try? value.read() else {
                account.add(value.page, "a list of free pages that cannot be read")
                return true
            }
            free += PageCheck.claim(list, on: value.page, account)
            return true
        }
        walk.run(meta.free)
        // A commit on top of another replaces at least a root, so it frees a page under its own
        // number: a commit that took another's number is found by that.
        if account.isWhole, account.damage.isEmpty, meta.transaction >= 2,
            newest != meta.transaction
        {
            account.add(
                UInt64(meta.slot),
                "commit \(meta.transaction) freed nothing, its list ends with commit \(newest)")
        }
        return (free, newest)
    }

    /// Claims the pages of one list: their number, then the pages, descending.
    private static func claim(_ list: [UInt8], on page: UInt64, _ account: PageAccount) -> UInt64 {
        guard list.count >= 8, list.count % 8 == 0,
            NativeBytes.u64(list.span, 0) <= UInt64(list.count / 8 - 1)
        else {
            account.add(page, "a list of free pages of another length")
            return 0
        }
        let count = Int(NativeBytes.u64(list.span, 0))
        var above = UInt64.max
        for index in 0..<count {
            let free = NativeBytes.u64(list.span, 8 + 8 * index)
            guard free < above else {
                account.add(page, "a list of free pages out of order")
                return UInt64(index)
            }
            above = free
            guard account.claim(free, for: "a free page") else { return UInt64(index) }
        }
        return UInt64(count)
    }

    /// Every page up to the last is a meta page, in one tree, or free.
    private func addUp(_ meta: RawMeta, _ snapshot: Snapshot, _ account: PageAccount) {
        guard account.damage.isEmpty else { return }
        var sum = 2 + snapshot.free
        for record in [meta.free, meta.main] + snapshot.tables.map(\.record) {
            guard let pages = record.pages else {
                return account.add(UInt64(meta.slot), "numbers of pages that no file has")
            }
            sum += pages
        }
        if sum != meta.lastPage + 1 {
            account.add(
                UInt64(meta.slot),
                "commit \(meta.transaction) tells of \(sum) pages and uses \(meta.lastPage + 1)")
        }
        guard effort == .whole, account.isWhole, let gap = account.claimed.gaps else { return }
        account.add(gap.first, "\(gap.count) pages from here are neither in a tree nor free")
    }

    /// The greatest key of a tree, by its right edge alone; nil when it cannot be reached.
    private func lastKey(of record: TableRecord, _ account: PageAccount) -> [UInt8]? {
        guard var number = record.root, record.depth <= TreeWalk.depthLimit else { return nil }
        for _ in 0..<record.depth {
            guard number <= account.lastPage, let page = try? account.file.page(number),
                let node = page.nodes.last
            else { return nil }
            if page.kind == .leaf { return Array(page.bytes[node.key]) }
            number = node.child
        }
        return nil
    }
}
