extension DataRecord {
    /// The path of a value as people read it, e.g. `data.items[0].qty`; the whole record's for −1.
    ///
    /// Made for a fault alone, so that a sound event does not pay for it.
    func path(to slot: Int) -> String {
        var path = "data"
        var cursor = self.cursor
        var layout = self.layout
        var isList = false
        var item = 0
        while slot >= 0, cursor.next() {
            guard slot < cursor.index + Int(cursor.slot.size) else {
                item += 1
                continue
            }
            if isList {
                path += "[\(item)]"
            } else {
                let name = cursor.number == 0 ? cursor.name.string : layout.name(cursor.number)
                path += "." + name
                layout = layout.inner(cursor.number)
            }
            if cursor.index == slot { break }
            isList = cursor.kind == .list
            item = 0
            cursor = cursor.inside
        }
        return path
    }
}
