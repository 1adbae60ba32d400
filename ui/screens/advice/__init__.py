"""The advice, what is behind it, the plan, and the comparison."""
