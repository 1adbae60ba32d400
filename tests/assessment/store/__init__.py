"""The store: nothing lost, nothing kept that was deleted."""
