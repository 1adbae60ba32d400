"""A case played with a group: its course, the group's votes, rules at work, and cases of a trainer's own."""
