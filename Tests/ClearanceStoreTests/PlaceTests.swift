import ClearanceStore
import Glibc
import Testing

@Suite struct `A place` {
    let scratch: Scratch
    /// The scratch folder without links.
    let root: String

    init() throws {
        scratch = try Scratch()
        root = try Files.absolute(scratch.path)
        try Files.makeDirectory(scratch.file("outer"))
        try Files.makeDirectory(scratch.file("outer/inner"))
        try Files.makeDirectory(scratch.file("outer2"))
        try #require(unsafe symlink("outer/inner", scratch.file("link")) == 0)
        try #require(unsafe symlink("loop", scratch.file("loop")) == 0)
        try #require(unsafe symlink("nowhere", scratch.file("broken")) == 0)
    }

    @Test func `is inside a directory under any of its names, and not beside it`() throws {
        let outer = scratch.file("outer")
        for name in ["outer", "outer/", "outer/inner", "link", "link/..", "outer2/../outer/."] {
            #expect(try Files.isInside(scratch.file(name), outer), "\(name)")
        }
        for name in ["outer2", ".", "outer/..", "link/../.."] {
            #expect(try !Files.isInside(scratch.file(name), outer), "\(name)")
        }
        #expect(try Files.isInside(outer, "/"))
        let error = storeError { () throws(StoreError) in
            _ = try Files.isInside(scratch.file("none"), outer)
        }
        #expect(error?.code == .notFound)
    }

    @Test func `is resolved as far as something is there, and back again behind that`() throws {
        let places = [
            ("outer", "outer"), ("outer/", "outer"), ("link", "outer/inner"),
            ("link/new/x", "outer/inner/new/x"), ("link/../new", "outer/new"),
            ("none/../link/x", "outer/inner/x"), ("none/./x/..", "none"),
            ("none/a/../../link", "outer/inner"), ("broken", "broken"), ("broken/x", "broken/x"),
        ]
        for (path, place) in places {
            #expect(try Files.resolved(scratch.file(path)) == root + "/" + place, "\(path)")
        }
        let here = try Files.absolute(".")
        #expect(try Files.resolved("none") == here + "/none")
        #expect(try Files.resolved("/none/../../..") == "/")
        #expect(throws: StoreError.self) { try Files.resolved(scratch.file("loop")) }
        #expect(Files.folders(of: "/a/b") == ["/a/b", "/a", "/"])
    }

    @Test func `is told from one where nobody may look`() throws {
        #expect(try Files.isThere(scratch.file("broken")))
        #expect(try !Files.isThere(scratch.file("none")))
        #expect(try !Files.isThere(scratch.file("none/x")))
        for name in ["loop/x", String(repeating: "n", count: 256)] {
            #expect(throws: StoreError.self) { try Files.isThere(scratch.file(name)) }
        }
        #expect(!Files.isFile(scratch.file("link")) && Files.isDirectory(scratch.file("outer")))
    }
}
