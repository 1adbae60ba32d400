"""The knowledge base to browse and to search."""
