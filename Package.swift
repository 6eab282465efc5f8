// swift-tools-version: 6.2
import PackageDescription

// The import graph below is the architecture: data flows one way (specs/house.md).

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableExperimentalFeature("Lifetimes"),
]

let package = Package(
    name: "clearance-ledger",
    products: [
        .library(
            name: "ClearanceLedger",
            targets: [
                "ClearanceEvents", "ClearanceLedger", "ClearanceMatching",
                "ClearanceProjections", "ClearanceInterchange",
            ]),
        .library(name: "ClearanceSignatures", targets: ["ClearanceSignatures"]),
        .library(name: "ClearanceTesting", targets: ["ClearanceTesting"]),
        .executable(name: "clearance", targets: ["clearance"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    ],
    targets: [
        .systemLibrary(name: "CLMDB", pkgConfig: "lmdb", providers: [.apt(["liblmdb-dev"])]),
        .target(name: "CExpat", linkerSettings: [.linkedLibrary("expat")]),
        .systemLibrary(
            name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(
            name: "CLibCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .target(name: "CXMLSignature", dependencies: ["CLibCrypto", "CLibXML2"]),
        .target(name: "CSimdJSON", linkerSettings: [.linkedLibrary("simdjson")]),
        .target(name: "CBytes", dependencies: ["CLibCrypto"]),
        .target(
            name: "ClearanceStore", dependencies: ["CBytes", "CLMDB"], swiftSettings: strict),
        .target(name: "ClearanceEvents", swiftSettings: strict),
        .target(
            name: "ClearanceLedger",
            dependencies: [
                "ClearanceEvents", "ClearanceStore",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        .target(
            name: "ClearanceMatching", dependencies: ["ClearanceEvents"], swiftSettings: strict),
        .target(
            name: "ClearanceProjections", dependencies: ["ClearanceEvents", "ClearanceMatching"],
            swiftSettings: strict),
        .target(
            name: "ClearanceInterchange",
            dependencies: ["ClearanceEvents", "CExpat", "CSimdJSON"],
            swiftSettings: strict),
        .target(
            name: "ClearanceSignatures", dependencies: ["CXMLSignature", "ClearanceEvents"],
            swiftSettings: strict),
        .target(
            name: "ClearanceTesting",
            dependencies: [
                "ClearanceEvents", "ClearanceLedger", "ClearanceInterchange",
                "ClearanceProjections",
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "clearance",
            dependencies: [
                "ClearanceEvents", "ClearanceLedger", "ClearanceMatching",
                "ClearanceProjections", "ClearanceInterchange", "ClearanceSignatures",
                "ClearanceStore", "ClearanceTesting",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        .target(name: "Seeded", path: "Tests/Seeded", swiftSettings: strict),
        .testTarget(
            name: "ClearanceStoreTests",
            dependencies: ["CBytes", "CLMDB", "ClearanceStore", "Seeded"],
            swiftSettings: strict),
        .testTarget(
            name: "ClearanceEventsTests", dependencies: ["ClearanceEvents", "Seeded"],
            swiftSettings: strict),
        .executableTarget(
            name: "ledger-neighbour",
            dependencies: ["ClearanceEvents", "ClearanceLedger", "ClearanceStore"],
            path: "Tests/Neighbour", swiftSettings: strict),
        .testTarget(
            name: "ClearanceLedgerTests",
            dependencies: [
                "ledger-neighbour",
                "ClearanceLedger", "ClearanceEvents", "ClearanceStore", "ClearanceTesting",
                "Seeded",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ClearanceMatchingTests",
            dependencies: ["ClearanceMatching", "ClearanceEvents", "ClearanceTesting", "Seeded"],
            swiftSettings: strict),
        .testTarget(
            name: "ClearanceProjectionsTests",
            dependencies: [
                "ClearanceProjections", "ClearanceEvents", "ClearanceTesting", "Seeded",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ClearanceInterchangeTests",
            dependencies: [
                "ClearanceInterchange", "ClearanceEvents", "ClearanceTesting", "Seeded",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ClearanceSignaturesTests",
            dependencies: [
                "ClearanceSignatures", "ClearanceInterchange", "ClearanceEvents", "Seeded",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ClearanceTests",
            dependencies: [
                "clearance", "ClearanceLedger", "ClearanceEvents", "ClearanceMatching",
                "ClearanceProjections", "ClearanceInterchange", "ClearanceSignatures",
                "ClearanceTesting", "Seeded",
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "ledger-workload",
            dependencies: ["ClearanceEvents", "ClearanceLedger", "ClearanceStore", "Seeded"],
            path: "Tests/Faults/Workload", swiftSettings: strict),
        .testTarget(
            name: "FaultTests",
            dependencies: ["ledger-workload", "ClearanceStore", "Seeded"],
            swiftSettings: strict),
        .testTarget(name: "HouseTests", swiftSettings: strict),
    ],
    cxxLanguageStandard: .cxx17
)
