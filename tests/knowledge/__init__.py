"""The content: well-formed, complete, found."""
