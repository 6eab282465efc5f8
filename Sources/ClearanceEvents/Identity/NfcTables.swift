// The standard library's own NFC; it is not yet public API, and Foundation would bring ICU into a
// room that imports nothing. This file is the only place that uses it.
@_spi(_Unicode) import Swift

enum NfcTables {
    static func normalised(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text._nfc { scalars.append(scalar) }
        return String(scalars)
    }
}
