// Room: ClearanceLedger.
