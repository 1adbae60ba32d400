"""One company: its answers, its score, its advice with the explanation, and the sheets that it takes away."""
