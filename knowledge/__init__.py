"""What we know: the content (YAML, Dutch and English side by side) and its shape. Imports nothing of ours."""
