"""Proofs over the whole answer space; the only place that imports Z3."""
