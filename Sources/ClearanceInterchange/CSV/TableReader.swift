internal import ClearanceEvents

/// Reads a table under a mapping, row by row, in bounded memory.
///
/// Rows of one document are neighbours; only one document is held. Of the documents before it no
/// more than a number of each is remembered, to notice rows that stand apart.
final class TableReader {
    private let file: String
    private let profile: EventProfile
    private let mapping: TableMapping
    private let iconv: Iconv?
    private var scanner: CSVScanner
    private var isAtStart = true
    private var linesToSkip: Int
    private var columns: TableColumns?
    private var isRefused = false
    private var rowNumber = 0
    private var index = 0
    /// The document whose rows are still coming.
    private var open: [TableRow] = []
    private var openBytes = 0
    private var openKey = ""
    private var isOverfull = false
    /// The row before the open document was refused.
    private var isBesideRefused = false
    /// A row was refused since the open document's last one.
    private var isRefusedSince = false
    /// A row was refused between two of the open document.
    private var isHoled = false
    private var keys = RememberedKeys()

    init(file: String, profile: EventProfile, mapping: TableMapping) {
        self.file = file
        self.profile = profile
        self.mapping = mapping
        iconv = mapping.encoding == .gb18030 ? Iconv() : nil
        linesToSkip = mapping.skipLines
        scanner = CSVScanner(separator: mapping.separator, line: mapping.skipLines + 1)
        if let names = mapping.columns { columns = TableColumns(names: names, iconv: iconv) }
    }

    func push(_ bytes: Span<UInt8>, into sink: (ParsedItem) -> Void) {
        var start = 0
        if isAtStart, bytes.count > 0 {
            isAtStart = false
            let isMarked =
                bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
            if isMarked { start = 3 }
            begin(into: sink)
        }
        while linesToSkip > 0, start < bytes.count {
            if bytes[start] == 10 { linesToSkip -= 1 }
            start += 1
        }
        guard !isRefused else { return }
        scanner.push(bytes.extracting(start...)) { take($0, into: sink) }
    }

    func finish(into sink: (ParsedItem) -> Void) {
        if !isRefused { scanner.finish { take($0, into: sink) } }
        flush(into: sink)
    }

    /// What can be said before the first row.
    private func begin(into sink: (ParsedItem) -> Void) {
        if mapping.encoding == .gb18030, iconv == nil {
            refuseAll([fault("encoding", "", 1, 1, .noTable)], raw: "", into: sink)
        } else if let columns {
            check(columns, line: 1, into: sink)
        }
    }

    // MARK: Rows

    private func take(_ item: CSVItem, into sink: (ParsedItem) -> Void) {
        if isRefused { return }
        switch item {
        case .broken(let broken):
            if columns == nil {
                let raw = TableColumns.raw(broken.bytes, iconv: iconv)
                refuseAll([fault(broken)], raw: raw, into: sink)
            } else {
                rowNumber += 1
                refuse(fault(broken), bytes: broken.bytes, line: broken.line, into: sink)
            }
        case .row(let row):
            if let columns { take(row, columns, into: sink) } else { header(row, into: sink) }
        }
    }

    private func header(_ row: CSVRow, into sink: (ParsedItem) -> Void) {
        var names: [String] = []
        for cell in row.cells {
            guard let text = TableColumns.text(row.text(cell), iconv: iconv) else {
                return refuseAll(
                    [fault("encoding", "", cell.line, cell.column, TableProblem.encoding.message)],
                    raw: TableColumns.raw(row.bytes, iconv: iconv), into: sink)
            }
            names.append(TableFormat().trimmed(text))
        }
        let found = TableColumns(names: names, iconv: iconv)
        columns = found
        check(found, line: row.line, raw: found.raw(row.bytes), into: sink)
    }

    /// Every column of the mapping has to be there, else nothing of the table is read.
    private func check(
        _ columns: TableColumns, line: Int, raw: String = "", into sink: (ParsedItem) -> Void
    ) {
        let missing = mapping.readColumns.filter { !columns.has($0) }
        guard !missing.isEmpty else { return }
        let message = MessageText(
            zh: "表中没有对照文件所用的列，整个文件未读",
            en: "the table lacks a column of the mapping; nothing of it was read")
        refuseAll(
            missing.map { fault("missingColumn", $0, line, 1, message) }, raw: raw, into: sink)
    }

    private func take(
        _ row: CSVRow, _ columns: TableColumns, into sink: (ParsedItem) -> Void
    ) {
        if let comment = mapping.comment, let first = row.cells.first,
            let text = try? columns.text(first, of: row),
            TableFormat().trimmed(text).hasPrefix(comment)
        {
            return
        }
        if row.cells.allSatisfy({ isBlank($0, of: row) }) { return }
        rowNumber += 1
        let extra = row.cells.dropFirst(columns.count)
        guard row.cells.count >= columns.count, extra.allSatisfy({ isBlank($0, of: row) }) else {
            let message = MessageText(
                zh: "列数与表头不符", en: "as many cells are due as the header has")
            let place = extra.first { !isBlank($0, of: row) } ?? row.cells.last
            return refuse(
                fault(
                    "columns", "row[\(rowNumber)]", place?.line ?? row.line, place?.column ?? 1,
                    message), bytes: row.bytes, line: row.line, into: sink)
        }
        let new = TableRow(number: rowNumber, row: row)
        var key = ""
        do throws(TableProblem) { key = try self.key(of: row, columns) } catch {
            return refuse(
                fault("encoding", "row[\(rowNumber)]", row.line, 1, error.message),
                bytes: row.bytes, line: row.line, into: sink)
        }
        // A row that names no document goes on with the one above it.
        let continues =
            !mapping.document.isEmpty && !open.isEmpty && (key.isEmpty || key == openKey)
        if continues {
            if isRefusedSince { isHoled = true }
        } else {
            let isBeside = isRefusedSince
            flush(into: sink)
            isBesideRefused = isBeside
            openKey = key
        }
        isRefusedSince = false
        add(new)
    }

    private func isBlank(_ cell: CSVRow.Cell, of row: CSVRow) -> Bool {
        row.bytes[cell.range].allSatisfy { $0 == 32 || $0 == 9 || $0 == 13 }
    }

    private func key(
        of row: CSVRow, _ columns: TableColumns
    ) throws(TableProblem) -> String {
        var key = ""
        var isThere = false
        for name in mapping.document {
            let text = TableFormat().trimmed(try columns.text(name, of: row))
            if !text.isEmpty { isThere = true }
            key += text + "\u{1F}"
        }
        return isThere ? key : ""
    }

    private func add(_ row: TableRow) {
        if open.count >= InterchangeLimits.documentRows
            || openBytes + row.row.bytes.count > InterchangeLimits.documentBytes
        {
            isOverfull = true
        } else {
            open.append(row)
            openBytes += row.row.bytes.count
        }
    }

    // MARK: Documents

    private func flush(into sink: (ParsedItem) -> Void) {
        defer {
            open = []
            openBytes = 0
            isOverfull = false
            isBesideRefused = false
            isHoled = false
        }
        guard let first = open.first, let columns else { return }
        index += 1
        let place = Place(file: file, index: index, line: first.row.line, column: 1)
        var document = TableDocument(open, mapping: mapping, columns: columns, place: place)
        if isOverfull {
            let message = MessageText(
                zh: "一份单证的行数或字节数过多", en: "too many rows or bytes for one document")
            return sink(document.refusal([document.fault("tooMany", first, nil, nil, message)]))
        }
        if !openKey.isEmpty, !keys.insert(openKey) {
            let message = MessageText(
                zh: "同一单证的行不相邻", en: "rows of this document stand apart from others of it")
            let column = mapping.document.first
            return sink(
                document.refusal([document.fault("rowsApart", first, column, nil, message)]))
        }
        var findings: [InputFault] = []
        if isBesideRefused || isRefusedSince || isHoled, !mapping.document.isEmpty {
            let message = MessageText(
                zh: "相邻的行被拒收，本单证可能不完整",
                en: "a row beside this document was refused; it may be incomplete")
            let fault = document.fault("besideRefused", first, nil, nil, message)
            // With rows of its own on both sides the refused one was the document's.
            if isHoled { return sink(document.refusal([fault])) }
            findings.append(fault)
        }
        sink(document.item(profile: profile, findings: findings))
    }

    // MARK: Refusals

    /// Refuses one row; the documents on both sides may lack it.
    private func refuse(
        _ fault: InputFault, bytes: [UInt8], line: Int, into sink: (ParsedItem) -> Void
    ) {
        // A document of one row is complete; one of several may go on.
        if mapping.document.isEmpty { flush(into: sink) }
        isRefusedSince = true
        index += 1
        let text = TableColumns.raw(
            Array(bytes.prefix(InterchangeLimits.rawBytes)), iconv: iconv)
        sink(
            .reject(
                Reject(
                    place: Place(file: file, index: index, line: line, column: 1),
                    faults: [fault], raw: text, maskedRaw: Masking.blind(text))))
    }

    private func refuseAll(
        _ faults: [InputFault], raw: String, into sink: (ParsedItem) -> Void
    ) {
        isRefused = true
        let place = Place(file: file, index: 0, line: faults[0].line, column: faults[0].column)
        sink(
            .reject(
                Reject(
                    place: place, faults: faults, raw: String(raw.prefix(1_024)),
                    maskedRaw: Masking.blind(String(raw.prefix(1_024))))))
    }

    private func fault(
        _ code: String, _ path: String, _ line: Int, _ column: Int, _ message: MessageText
    ) -> InputFault {
        InputFault(code: code, path: path, line: line, column: column, message: message)
    }

    private func fault(_ broken: CSVBreak) -> InputFault {
        let (code, message): (String, MessageText) =
            switch broken.reason {
            case .quote:
                ("quote", MessageText(zh: "引号不成对", en: "a quotation mark is open or misplaced"))
            case .tooLarge: ("tooLarge", MessageText(zh: "一行过长", en: "the line is too long"))
            case .zero: ("encoding", MessageText(zh: "行内有空字节", en: "a zero byte in the row"))
            }
        let path = columns == nil ? "" : "row[\(rowNumber)]"
        return fault(code, path, broken.line, broken.column, message)
    }
}

/// The keys of the last documents, as digests in a ring.
struct RememberedKeys {
    private var known: Set<Digest16> = []
    private var ring: [Digest16] = []
    private var next = 0

    /// Remembers a key; false when it is remembered already.
    mutating func insert(_ key: String) -> Bool {
        let digest = LinkKey.of("row", key)
        guard known.insert(digest).inserted else { return false }
        if ring.count < InterchangeLimits.rememberedKeys {
            ring.append(digest)
        } else {
            known.remove(ring[next])
            ring[next] = digest
            next = (next + 1) % ring.count
        }
        return true
    }
}
