"""The trainer: a case played with a group, its votes, and rules at work."""
