// Room: ClearanceMatching.
