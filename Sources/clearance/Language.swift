import ArgumentParser
import ClearanceInterchange
import Foundation

/// The language of text; JSON always carries both.
enum Language: String, ExpressibleByArgument, CaseIterable, Sendable {
    case zh, en

    /// The language of the environment: Chinese when LC_ALL, LC_MESSAGES or LANG begin with `zh`.
    static var environment: Language {
        let values = ProcessInfo.processInfo.environment
        for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
            if let value = values[name], !value.isEmpty {
                return value.hasPrefix("zh") ? .zh : .en
            }
        }
        return .en
    }

    /// The one of two texts that is in this language.
    func callAsFunction(_ zh: String, _ en: String) -> String { self == .zh ? zh : en }

    /// The text in this language.
    func callAsFunction(_ text: MessageText) -> String { self == .zh ? text.zh : text.en }
}

/// `--lang`.
struct LanguageOption: ParsableArguments {
    @Option(name: .customLong("lang"), help: "Language of text: zh or en (default: from LANG).")
    var chosen: Language?

    var language: Language { chosen ?? Language.environment }
}
