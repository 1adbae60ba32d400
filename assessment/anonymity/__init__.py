"""A dossier without what leads to people: what could lead to a source, and how it is taken out."""
