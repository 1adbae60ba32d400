"""One meaning in all engines, scenarios, proofs."""
