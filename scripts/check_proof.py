#!/usr/bin/env python3
"""Verifies a proof file of clearance-ledger (specs/proofs.md); needs nothing but this file.

usage: check_proof.py FILE KEY [KEY ...]      KEY: a verifier key NAME+ID+BASE64
Ends with 0 and one line an event, or with 1 and the check that failed. At least one of the keys
must have signed. Written from the page alone, as a second opinion on the ledger's own verifier.
"""
import base64
import hashlib
import re
import struct
import sys


class Refused(Exception):
    pass


def demand(holds, check, what=""):
    if not holds:
        raise Refused(f"{check}: {what}")


def sha256(data):
    return hashlib.sha256(data).digest()


def node(left, right):
    return sha256(b"\x01" + left + right)


def unbase64(text, check):
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        raise Refused(f"{check}: base64")
    demand(base64.b64encode(data) == text, check, "another form of base64")
    return data


# Ed25519, RFC 8032, section 6: slow and plain.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(number, point):
    total = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = add(total, point)
        point = add(point, point)
        number >>= 1
    return total


def point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(key, message, signature):
    a, r = point(key), point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or len(signature) != 64 or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    p, q = times(s, BASE), add(r, times(h, a))
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0


def verifier_key(text):
    name, ident, data = text.split("+", 2)
    data = unbase64(data.encode(), "key")
    demand(len(data) == 33 and data[0] == 1, "key", text)
    found = sha256(name.encode() + b"\n" + data)[:4]
    demand(found.hex() == ident, "key", "its id is another key's")
    return (name.encode(), found), data[1:]


def checkpoint(note, keys):
    """Size and root, when at least one of the keys has signed and none wrongly."""
    cut = note.rfind(b"\n\n")
    demand(cut > 0 and note.endswith(b"\n") and len(note) <= 131072, "checkpoint", "a note")
    demand(all(byte >= 32 or byte == 10 for byte in note), "checkpoint", "a control character")
    note.decode("utf-8")
    text, lines = note[: cut + 1], note[cut + 2 : -1].split(b"\n")
    demand(len(lines) <= 64, "checkpoint", "too many signatures")
    signed = []
    for line in lines:
        parts = line.split(b" ")
        demand(len(parts) == 3 and parts[0] == "\u2014".encode(), "checkpoint", "a signature line")
        blob = unbase64(parts[2], "checkpoint")
        demand(len(blob) > 4 and parts[1], "checkpoint", "a signature line")
        known = (parts[1], blob[:4])
        if known in keys:
            demand(is_signed(keys[known], text, blob[4:]), "signature", parts[1].decode())
            demand(known not in signed, "signature", "stands twice")
            signed.append(known)
    body = text.split(b"\n")
    demand(len(body) >= 4 and body[0] and all(body[:-1]), "checkpoint", "three lines")
    size, root = number(body[1], "checkpoint"), unbase64(body[2], "checkpoint")
    demand(len(root) == 32, "checkpoint", "a root")
    demand(signed, "keys", "no known key has signed")
    return size, root


def number(text, check="format"):
    demand(re.fullmatch(rb"0|[1-9][0-9]{0,18}", text), check, "a number")
    demand(int(text) < 2**63, check, "a number below 2^63")
    return int(text)


def value(line, word):
    demand(line.startswith(word + b" "), "format", word.decode())
    return line[len(word) + 1 :]


def leads_to(root, index, size, leaf, path):
    first, second, result = index, size - 1, leaf
    for other in path:
        if second == 0:
            return False
        if first & 1 or first == second:
            result = node(other, result)
            while not first & 1 and first:
                first, second = first >> 1, second >> 1
        else:
            result = node(result, other)
        first, second = first >> 1, second >> 1
    return second == 0 and result == root


def check(data, keys):
    demand(len(data) <= 67108864, "format", "too long")
    place = 0

    def line():
        nonlocal place
        end = data.find(b"\n", place)
        demand(end >= 0, "format", "a line that ends")
        found, place = data[place:end], end + 1
        return found

    demand(line() == b"clearance-proof v1", "format", "the first line")
    events, count = number(value(line(), b"events")), number(value(line(), b"hashes"))
    demand(1 <= events <= 10000 and count <= 640000, "format", "events or hashes")
    hashes = [unbase64(line(), "format") for _ in range(count)]
    demand(all(len(item) == 32 for item in hashes), "format", "a hash")
    items, used, last = [], 0, -1
    for _ in range(events):
        index = number(value(line(), b"index"))
        entry = unbase64(value(line(), b"entry"), "format")
        words = line().split(b" ")
        demand(words[0] == b"path" and len(words) <= 65, "format", "path")
        path = [number(word) for word in words[1:]]
        for item in path:
            demand(item <= used < count + 1, "format", "a number of a hash")
            used = max(used, item + 1)
        demand(1 <= len(entry) <= 65535 and index > last, "format", "an entry, in order")
        last = index
        items.append((index, entry, path))
    demand(used == count, "format", "all hashes used")
    demand(line() == b"", "format", "an empty line")
    size, root = checkpoint(data[place:], keys)
    for index, entry, path in items:
        demand(index < size, "index", index + 1)
    for index, entry, path in items:
        leaf = sha256(b"\x00" + entry)
        found = leads_to(root, index, size, leaf, [hashes[item] for item in path])
        demand(found, "path", f"position {index + 1}")
    for index, entry, path in items:
        yield index + 1, subject(entry)


def subject(entry):
    """The third text behind the header of 56 bytes (specs/encoding.md)."""
    place, text = 56, b""
    demand(len(entry) > 56, "entry", "too short")
    for _ in range(3):
        length, shift = 0, 0
        while True:
            demand(place < len(entry) and shift < 63, "entry", "a length")
            byte = entry[place]
            length, shift, place = length | (byte & 127) << shift, shift + 7, place + 1
            if byte < 128:
                break
        demand(place + length <= len(entry), "entry", "a text")
        text, place = entry[place : place + length], place + length
    return text.decode("utf-8"), struct.unpack_from("<q", entry, 4)[0]


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    try:
        keys = dict(verifier_key(text) for text in sys.argv[2:])
        with open(sys.argv[1], "rb") as file:
            facts = list(check(file.read(), keys))
    except (Refused, ValueError) as fault:
        print(fault)
        sys.exit(1)
    for position, (name, time) in facts:
        shown = "person:*" if name.startswith("person:") else name
        print(position, shown, time)


main()
