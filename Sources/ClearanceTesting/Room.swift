// Room: ClearanceTesting.
