"""Sheets in every form."""
