"""Giving answers: all questions, the short scan, and checking them."""
