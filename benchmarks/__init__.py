"""Measurements, each a script: `python -m benchmarks.<name>`. Nothing here is a test; machines differ."""
