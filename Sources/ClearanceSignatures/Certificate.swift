internal import ClearanceEvents

/// A certificate (X.509) that was given by whoever verifies, never one that came with a message.
public struct Certificate: Sendable {
    let native: NativeCertificate
    /// The certificate's own bytes.
    public let der: [UInt8]

    /// Why a file is not one of certificates or keys.
    public enum Fault: Error, Sendable, Equatable {
        /// Neither PEM nor DER.
        case unreadable
        /// PEM without a block of the wanted kind.
        case absent
        /// A key whose file is encrypted; it has to be decrypted before.
        case encrypted
    }

    /// Reads the certificates of one file: PEM with any number of them, or DER with one.
    public static func read(_ file: [UInt8]) throws(Fault) -> [Certificate] {
        if file.first == 0x30 {
            guard let one = Certificate(der: file) else { throw .unreadable }
            return [one]
        }
        guard let blocks = PEM.blocks(of: file) else { throw .unreadable }
        var found: [Certificate] = []
        for block in blocks where block.label == "CERTIFICATE" {
            guard let one = Certificate(der: block.bytes) else { throw .unreadable }
            found.append(one)
        }
        if found.isEmpty { throw .absent }
        return found
    }

    /// A certificate from exactly these bytes of DER; nil when they are none.
    public init?(der: [UInt8]) {
        guard let native = NativeCertificate(der: der) else { return nil }
        self.native = native
        self.der = der
    }

    init(_ native: NativeCertificate) {
        self.native = native
        der = native.der
    }

    /// The text form: one PEM block.
    public var pem: String {
        let text = Array(Base64.encode(der).utf8)
        var lines = "-----BEGIN CERTIFICATE-----\n"
        for start in stride(from: 0, to: text.count, by: 64) {
            lines += String(decoding: text[start..<min(start + 64, text.count)], as: UTF8.self)
            lines += "\n"
        }
        return lines + "-----END CERTIFICATE-----\n"
    }

    /// Whose it is (RFC 2253). It may name a person.
    public var subject: String { native.subject }
    /// Who issued it (RFC 2253).
    public var issuer: String { native.issuer }
    /// The serial number in upper-case hexadecimal digits, leading zeros left out.
    public var serial: String { Certificate.plain(native.serial) }

    /// Why it is not valid at a time; nil when it is.
    func flaw(at time: Instant) -> Unverifiable? {
        guard let validity = native.validity else { return .badCertificate }
        let seconds = time.seconds
        if seconds > validity.upperBound { return .expired }
        return seconds < validity.lowerBound ? .notYetValid : nil
    }

    /// A serial number as numbers are compared: upper case, no leading zeros.
    static func plain(_ serial: String) -> String {
        let digits = serial.uppercased().drop { $0 == "0" }
        return digits.isEmpty ? "0" : String(digits)
    }
}

extension Instant {
    /// Whole seconds since 1970, rounded down.
    var seconds: Int64 {
        let (quotient, remainder) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        return remainder < 0 ? quotient - 1 : quotient
    }
}

/// The certificates that signatures are verified with.
///
/// A signature is taken from the holder of one of the `signers`; and, when there are `roots`, from
/// the holder of any certificate that leads to one of them.
public struct Certificates: Sendable {
    let signers: [[UInt8]: Certificate]
    let roots: [NativeCertificate]
    private let bySerial: [String: [Certificate]]

    /// - Parameters:
    ///   - signers: certificates trusted by themselves.
    ///   - roots: authorities (self-signed or not) whose certificates are trusted. Revocation
    ///     lists are not asked.
    public init(signers: [Certificate], roots: [Certificate] = []) {
        self.signers = Dictionary(signers.map { ($0.der, $0) }) { first, _ in first }
        self.roots = roots.map(\.native)
        bySerial = Dictionary(grouping: self.signers.values, by: \.serial)
    }

    /// How many certificates are trusted by themselves.
    public var count: Int { signers.count }

    /// The one signer with this serial number; nil when there is none or more than one.
    func signer(serial: String) -> Certificate? {
        guard let found = bySerial[Certificate.plain(serial)], found.count == 1 else { return nil }
        return found[0]
    }
}
