import ClearanceStore

extension Ledger {
    /// The epochs of the log, in the order of their positions, also those that are away.
    public func epochs() throws(LedgerError) -> [EpochInfo] {
        let end = try position()
        return try log.places().map { place throws(LedgerError) in
            let line = place.line
            let directory = line.directory(of: log.directory)
            var bytes: Int?
            if !place.isAway {
                bytes = try storing { () throws(StoreError) in
                    try Files.size(directory + "/" + ClosingRecord.dataName)
                }
            }
            return EpochInfo(
                number: line.number, state: line.state.told, first: line.first,
                last: line.last ?? max(end, line.first - 1), bytes: bytes, directory: directory)
        }
    }

    /// Ends the live epoch: the next append goes to another one. False when it has no entries.
    ///
    /// Throws what the machine refuses; `ended` when nobody knows which list of epochs the disk
    /// has, and then nothing more is written until the ledger is opened again. Cost: one flush, in
    /// the writer's turn.
    @available(*, noasync)
    @discardableResult
    public func endEpoch() throws(LedgerError) -> Bool {
        let writer = try writing()
        return try writer.inTurn { () throws(LedgerError) in
            let end = try self.position()
            guard end >= (try self.log.live()).first else { return false }
            try self.log.roll(after: end)
            return true
        }
    }

    /// Closes every epoch that ended: rewrites it into full chunks, write-protects it, and puts a
    /// closing record with its digest beside it. Answers those that were closed.
    ///
    /// Appends and reads go on meanwhile. A crash leaves the epoch in the one form or the other,
    /// whole. Throws what the machine refuses, and `corrupted` for an epoch that is damaged, which
    /// then stays as it is. Cost: one reading and one writing of the epoch, and its SHA-256.
    @available(*, noasync)
    @discardableResult
    public func closeEpochs() throws(LedgerError) -> [EpochInfo] {
        try writing().checkWriting()
        var closed: Set<Int> = []
        for epoch in try log.epochs() where epoch.line.state == .full {
            try close(epoch)
            closed.insert(epoch.line.number)
        }
        return try epochs().filter { closed.contains($0.number) }
    }

    /// Moves a closed epoch into another folder, where it is read from then on.
    ///
    /// It is copied, flushed and compared with its closing record before the list of epochs names
    /// the new place; then the old one is removed. Throws `notFound` and `notClosed` for a number,
    /// `insideLedger` for a folder in a ledger or a closed epoch, `alreadyExists` for one that
    /// holds something of the epoch's name. Source: `specs/epochs.md`.
    @available(*, noasync)
    public func moveEpoch(_ number: Int, to folder: String) throws(LedgerError) {
        try writing().checkWriting()
        guard let epoch = try log.epochs().first(where: { $0.line.number == number }) else {
            throw LedgerError(.notFound, "there is no epoch \(number)")
        }
        guard epoch.line.state == .closed else {
            throw LedgerError(.notClosed, "epoch \(number) is not closed")
        }
        // Opening to write tidies the log, and who renames the ledger knows of no path in it.
        try Ledger.checkOutside(folder)
        let place = try storing { () throws(StoreError) in try Files.absolute(folder) }
        var line = epoch.line
        line.path = place + "/" + EpochManifest.path(number)
        guard !line.path.contains("\n") else {
            throw LedgerError(.notFound, "the name of a folder has one line")
        }
        try Ledger.checkFree(line.path)
        let fresh = line.path + ".new-\(line.first)"
        try log.refuseNamed(fresh)
        let source = epoch.files.directory
        let record = try ClosingRecord.read(directory: source, keys: options.signers.map(\.key))
        try storing { () throws(StoreError) in
            try Ledger.copyEpoch(source, to: fresh)
            try Files.rename(fresh, to: line.path)
        }
        // Only now: under this name nobody else who moves an epoch touches it any more.
        let fault = try storing { () throws(StoreError) in
            try Ledger.fault(of: line.path, copied: source, record, line)
        }
        if let fault {
            try storing { () throws(StoreError) in try Files.removeTree(line.path) }
            throw LedgerError(.damaged, "epoch \(number): \(fault)")
        }
        try replace(epoch, by: line)
    }

    private static func copyEpoch(_ source: String, to target: String) throws(StoreError) {
        try Files.removeTree(target)
        try Files.makeDirectory(target)
        for name in [ClosingRecord.dataName, ClosingRecord.name] {
            try Files.copy(source + "/" + name, to: target + "/" + name)
            try Files.protect(target + "/" + name)
        }
        try Files.syncDirectory(target)
    }

    /// Why a directory is not the copy of an epoch; nil when it is, to the byte.
    private static func fault(
        of copy: String, copied source: String, _ record: ClosingRecord, _ line: EpochManifest.Line
    ) throws(StoreError) -> String? {
        let name = "/" + ClosingRecord.name
        guard try Files.digest(copy + name) == Files.digest(source + name) else {
            return "the closing record of the copy is another"
        }
        return try record.fault(of: copy, as: line, whole: true)
    }

    @available(*, noasync)
    private func close(_ epoch: Epoch) throws(LedgerError) {
        guard let last = epoch.line.last else { return }
        let form = log.directory + "/" + EpochManifest.path(epoch.line.number)
        let fresh = form + ".closing"
        for place in [fresh, form + ".closed"] { try log.refuseNamed(place) }
        try storing { () throws(StoreError) in
            // What a crash left: the list of epochs names the other form.
            try Files.removeTree(fresh)
            try Files.removeTree(form + ".closed")
            try EpochRewriter.rewrite(epoch, to: fresh)
            try Files.remove(fresh + "/lock.mdb")
        }
        let root = try self.root(size: last)
        let record = try storing { () throws(StoreError) in
            try ClosingRecord(measuring: fresh, origin: origin, line: epoch.line, root: root)
        }
        let note = try signed(record)
        try storing { () throws(StoreError) in
            try Files.writeAtomically(fresh + "/" + ClosingRecord.name, note.span)
            try Files.protect(fresh + "/" + ClosingRecord.dataName)
            try Files.protect(fresh + "/" + ClosingRecord.name)
            try Files.rename(fresh, to: form + ".closed")
        }
        var line = epoch.line
        line.path = EpochManifest.path(line.number) + ".closed"
        line.state = .closed
        try replace(epoch, by: line)
    }

    /// The bytes of a closing record: its text, under it the signatures of the ledger's signers.
    private func signed(_ record: ClosingRecord) throws(LedgerError) -> [UInt8] {
        if options.signers.isEmpty { return Array(record.text.utf8) }
        return try SignedNote(signing: record.text, by: options.signers).bytes
    }

    /// Puts another form of an epoch into the list, in the writer's turn; the old one goes when its
    /// last reader has left it.
    @available(*, noasync)
    private func replace(_ epoch: Epoch, by line: EpochManifest.Line) throws(LedgerError) {
        let log = self.log
        let opened = try log.options.open(line, log: log.directory)
        try writing().inTurn { () throws(LedgerError) in
            var epochs = try log.epochs()
            guard let place = epochs.firstIndex(where: { $0.line == epoch.line }) else {
                throw LedgerError(.damaged, "epoch \(line.number) was replaced meanwhile")
            }
            epochs[place] = opened
            try log.writeManifest(epochs)
            log.replaceEpochs(epochs)
            // While the folder of another one is away nobody knows; the old place stays for the
            // next opening.
            let isNamed = try? EpochManifest.names(
                epoch.files.directory, epochs.map(\.line), log: log.directory)
            if isNamed == false { epoch.files.replace() }
        }
    }
}
