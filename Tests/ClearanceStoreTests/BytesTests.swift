import CBytes
import ClearanceStore
import Testing

@Suite("Checksums, hashes, signatures and ciphers of bytes") struct BytesTests {
    static func bytes(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
        var state = seed
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 56)
        }
    }

    static func hex(_ text: String) -> [UInt8] {
        let digits = Array(text.utf8).map { $0 < 0x3A ? $0 - 0x30 : $0 - 0x57 }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    @Test("Hexadecimal digits are bytes and back; a hash has one form only")
    func hexadecimal() {
        let all = (0...255).map { UInt8($0) }
        #expect([UInt8](hexadecimal: all.hexadecimal) == all)
        #expect([UInt8](hexadecimal: "") == [] && [UInt8](hexadecimal: "fF") == [255])
        for text in ["f", "0g", "+1", "0x", "١1"] { #expect([UInt8](hexadecimal: text) == nil) }
        let digits = SHA256Hash.of(all.span).hexadecimal
        #expect(Hash256(hexadecimal: digits)?.hexadecimal == digits)
        for text in [digits.uppercased(), String(digits.dropLast(2)), digits + "00"] {
            #expect(Hash256(hexadecimal: text) == nil)
        }
    }

    @Test("The checksum is the published one, by instruction and by table, whole and in pieces")
    func checksum() {
        #expect(crc32c(Array("123456789".utf8).span) == 0xE306_9283)
        // RFC 3720, B.4: 32 zeros, 32 ones.
        #expect(crc32c([UInt8](repeating: 0, count: 32).span) == 0x8A91_36AA)
        #expect(crc32c([UInt8](repeating: 0xFF, count: 32).span) == 0x62A8_AB43)
        for count in [0, 1, 7, 8, 9, 3_071, 3_072, 3_073, 10_000] {
            let all = BytesTests.bytes(count)
            let whole = crc32c(all.span)
            let portable = unsafe cb_crc32c_portable(0, all, all.count)
            #expect(portable == whole)
            let middle = count / 3
            let first = crc32c(all.span.extracting(..<middle))
            #expect(crc32c(all.span.extracting(middle...), seed: first) == whole)
        }
    }

    @Test("The hash is the published one, in one piece and in many")
    func hash() throws {
        #expect(
            SHA256Hash.of(Array("abc".utf8).span).hexadecimal
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        let text = BytesTests.bytes(1_000)
        var pieces = SHA256Hash()
        for start in stride(from: 0, to: 1_000, by: 77) {
            pieces.update(text[start..<min(start + 77, 1_000)].span)
        }
        #expect(pieces.value == SHA256Hash.of(text.span))
        let value = pieces.value
        let (bytes, short) = (value.bytes, Array(value.bytes.dropLast()))
        let again = Hash256(bytes.span)
        let none = Hash256(short.span)
        #expect(again == value && none == nil)
        #expect(
            value.withBytes { Array($0.indices.map { index in value.bytes[index] }) == value.bytes }
        )
    }

    @Test("Leaves and nodes are hashed with their prefixes")
    func tree() {
        let text = BytesTests.bytes(200)
        let (left, right) = (TreeHash.leaf(text.span), TreeHash.empty)
        #expect(left == SHA256Hash.of(([0] + text).span))
        #expect(TreeHash.node(left, right) == SHA256Hash.of(([1] + left.bytes + right.bytes).span))
        #expect(
            TreeHash.empty.hexadecimal
                == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    @Test("Signatures are those of RFC 8032, and nothing else is one")
    func signatures() {
        // Section 7.1, test 2: the message 0x72.
        let key = BytesTests.hex(
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
        let known = BytesTests.hex(
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
        let signature = BytesTests.hex(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")
        #expect(Ed25519.publicKey(of: key) == known)
        #expect(Ed25519.sign([0x72], with: key) == signature)
        #expect(Ed25519.isValid(signature, of: [0x72], by: known))
        #expect(!Ed25519.isValid(signature, of: [0x73], by: known))
        #expect(!Ed25519.isValid(Array(signature.dropLast()), of: [0x72], by: known))
        var other = signature
        other[3] ^= 1
        #expect(!Ed25519.isValid(other, of: [0x72], by: known))
        #expect(!Ed25519.isValid(signature, of: [0x72], by: Ed25519.publicKey(of: known)))
    }

    @Test("What is sealed opens with its key and context, and with nothing else")
    func cipher() {
        let cipher = AES256GCM()
        let (key, context) = (BytesTests.bytes(32), BytesTests.bytes(33, seed: 2))
        for count in [0, 1, 16, 100, 5_000] {
            let plain = BytesTests.bytes(count, seed: 3)
            var sealed: [UInt8] = [9]
            cipher.seal(plain.span, key: key.span, context: context.span, into: &sealed)
            #expect(sealed.count == 1 + count + AES256GCM.tagBytes)
            var opened: [UInt8] = [8]
            let isOpen = cipher.open(
                sealed.span.extracting(1...), key: key.span, context: context.span, into: &opened)
            #expect(isOpen)
            #expect(opened == [8] + plain)
            var others = [(key, Array(context.dropLast()), Array(sealed.dropFirst()))]
            others.append((BytesTests.bytes(32, seed: 5), context, Array(sealed.dropFirst())))
            others.append((key, context, Array(sealed.dropFirst().dropLast())))
            var changed = Array(sealed.dropFirst())
            changed[count / 2] ^= 4
            others.append((key, context, changed))
            for (key, context, text) in others {
                opened = []
                let isOpen = cipher.open(
                    text.span, key: key.span, context: context.span, into: &opened)
                #expect(!isOpen)
                #expect(opened.isEmpty)
            }
        }
    }

    @Test("AES-256-GCM is the published one")
    func cipherVector() {
        // The GCM specification, test case 14: zero key, zero nonce, sixteen zeros.
        var sealed: [UInt8] = []
        let zeros = [UInt8](repeating: 0, count: 32)
        let nothing: [UInt8] = []
        AES256GCM().seal(
            zeros.span.extracting(..<16), key: zeros.span, context: nothing.span, into: &sealed)
        #expect(
            sealed
                == BytesTests.hex(
                    "cea7403d4d606b6e074ec5d3baf39d18" + "d0d1c8a799996bf0265b98b5d48ab919"))
    }

    @Test("Random bytes differ")
    func random() {
        #expect(SecureRandom.bytes(0).isEmpty)
        let (one, two) = (SecureRandom.bytes(32), SecureRandom.bytes(32))
        #expect(one != two && one.count == 32)
    }
}
