import ClearanceEvents
import ClearanceInterchange
import ClearanceStore
import Foundation

/// How inputs are read: the one place that turns a file into a stream of documents.
///
/// Whatever changes what an input says (a profile, a mapping, a certificate) is a member here, goes
/// to the readers, and stands in the ``fingerprint``, so that no file is skipped that would be
/// read otherwise today.
struct Reading: Sendable {
    /// Which fields are demanded; nil: `ceb` for XML, else `open`.
    var profile: EventProfile?
    /// How tables become events; nil: no table is read.
    var mapping: MappingFile?

    /// With what signatures are verified; nil: they are not.
    var signatures: SignatureCheck?

    /// A reader of a whole input.
    func reader(of path: String) -> VerifyingReader {
        VerifyingReader(
            InterchangeReader(file: path, profile: profile, mapping: mapping?.mapping), signatures)
    }

    /// A reader of the rest of an input that is read line by line.
    func reader(of path: String, continuing before: LineCount) -> VerifyingReader {
        VerifyingReader(InterchangeReader(file: path, profile: profile, continuing: before))
    }

    /// Names everything that decides what an input says beside its bytes: the options, the
    /// revision of the readers, and this very build of the tool.
    var fingerprint: String {
        let parts = [
            "profile=\(profile.map { "\($0)" } ?? "default")",
            "mapping=\(mapping?.digest ?? "none")",
            "signatures=\(signatures?.fingerprint ?? "not verified")",
            "readers=\(InterchangeReader.revision)",
            "build=\(Reading.build)",
        ]
        return SHA256Hash.of(Array(parts.joined(separator: "\n").utf8).span).hexadecimal
    }

    /// Size and time of the tool's own file: another build may read otherwise, whatever its
    /// version says.
    private static let build: String = {
        let path = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        let time = (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
        return "\(attributes?[.size] as? NSNumber ?? 0) \(time)"
    }()
}
