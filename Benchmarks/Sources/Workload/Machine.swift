import Foundation

/// On what it was measured.
public enum Machine {
    /// Processor, cores, memory and kernel, as the system tells them.
    public static var description: String {
        let model =
            line("/proc/cpuinfo", "model name") ?? "unknown processor"
        let memory = (line("/proc/meminfo", "MemTotal") ?? "0").split(separator: " ").first
        let gigabytes = (Int(memory ?? "0") ?? 0) / 1_048_576
        let kernel = text("/proc/sys/kernel/osrelease") ?? "unknown kernel"
        let cores = ProcessInfo.processInfo.activeProcessorCount
        return "\(model), \(cores) cores, \(gigabytes) GiB, Linux \(kernel)"
    }

    /// The most memory this process has had, in MiB.
    public static var peakMegabytes: Double { megabytes("VmHWM") }

    /// What this process has now outside files that are mapped in, in MiB.
    public static var ownMegabytes: Double { megabytes("RssAnon") }

    private static func megabytes(_ name: String) -> Double {
        let kilobytes = (line("/proc/self/status", name) ?? "0").split(separator: " ").first
        return (Double(kilobytes ?? "0") ?? 0) / 1_024
    }

    private static func text(_ path: String) -> String? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        return String(decoding: data, as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The value of the first line `name: value` of a file.
    private static func line(_ path: String, _ name: String) -> String? {
        guard let line = text(path)?.split(separator: "\n").first(where: { $0.hasPrefix(name) }),
            let colon = line.firstIndex(of: ":")
        else { return nil }
        return line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
    }
}
