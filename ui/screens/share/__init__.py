"""Sharing: with colleagues, and a version without names."""
