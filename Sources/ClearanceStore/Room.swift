// Room: ClearanceStore.
