import ClearanceTesting

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzProof(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let broken = Probe.proof(Array(UnsafeBufferPointer(start: start, count: count)))
    if !broken.isEmpty { fatalError(broken.joined(separator: "; ")) }
    return 0
}
