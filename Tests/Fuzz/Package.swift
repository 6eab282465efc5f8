// swift-tools-version: 6.2
import PackageDescription

// libFuzzer targets, apart from the package because all that they reach is instrumented.
// `make fuzz` builds and runs them; what they ask is `Probe` in ClearanceTesting.

let fuzzed: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .unsafeFlags(["-parse-as-library"]),
]

let package = Package(
    name: "clearance-fuzz",
    dependencies: [.package(name: "clearance-ledger", path: "../..")],
    targets: ["FuzzInput", "FuzzEntry", "FuzzTable", "FuzzProof"].map {
        .executableTarget(
            name: $0,
            dependencies: [.product(name: "ClearanceTesting", package: "clearance-ledger")],
            swiftSettings: fuzzed)
    }
)
