"""A case played with a group."""
