// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody who links the ledger downloads a benchmark tool.

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let ledger: Target.Dependency = .product(name: "ClearanceLedger", package: "clearance-ledger")
let signatures: Target.Dependency = .product(
    name: "ClearanceSignatures", package: "clearance-ledger")
let testing: Target.Dependency = .product(name: "ClearanceTesting", package: "clearance-ledger")

let package = Package(
    name: "clearance-ledger-benchmarks",
    products: [
        .executable(name: "throughput", targets: ["throughput"]),
        .executable(name: "logspeed", targets: ["logspeed"]),
    ],
    dependencies: [
        .package(name: "clearance-ledger", path: "../"),
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
    ],
    targets: [
        // What the plain libraries do with the same bytes: the limit that each rate stands beside.
        .target(
            name: "CPlain",
            linkerSettings: [
                .linkedLibrary("lmdb"), .linkedLibrary("expat"), .linkedLibrary("crypto"),
            ]),
        .target(
            name: "Workload", dependencies: ["CPlain", ledger, testing], swiftSettings: settings),
        .executableTarget(
            name: "throughput", dependencies: ["Workload", ledger, signatures],
            swiftSettings: settings),
        .executableTarget(
            name: "logspeed", dependencies: ["Workload", ledger], swiftSettings: settings),
        .executableTarget(
            name: "Suites",
            dependencies: [
                "Workload", ledger, .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "Benchmarks/Suites", swiftSettings: settings,
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    ]
)
