// Room: ClearanceEvents.
