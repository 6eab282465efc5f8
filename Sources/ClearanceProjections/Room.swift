// Room: ClearanceProjections.
