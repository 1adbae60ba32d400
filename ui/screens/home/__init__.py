"""The first page, what is kept, and about."""
