/// The text form of the vocabulary, family by family, in the order of the house.
enum Vocabulary {
    static let texts: [String] = [papers]
}
