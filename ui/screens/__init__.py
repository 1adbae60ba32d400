"""The pages, a room for each purpose; no screen imports another."""
