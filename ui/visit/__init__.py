"""One visitor: how they arrive, who they are, what is open, and that it is saved."""
