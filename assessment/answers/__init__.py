"""Answers as files: read, written, exported, and opened again under newer knowledge."""
