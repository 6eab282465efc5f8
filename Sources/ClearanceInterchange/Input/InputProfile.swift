/// How strictly the form of documents is taken.
public enum InputProfile: Sendable {
    /// Only what an event cannot do without is demanded.
    case open
    /// What the message's XSD demands is demanded.
    case ceb
}
