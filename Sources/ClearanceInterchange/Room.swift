// Room: ClearanceInterchange.
