"""Tables of results, and an empty table to fill in."""
