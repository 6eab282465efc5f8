import ArgumentParser

@main
struct Clearance: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "clearance")
}
