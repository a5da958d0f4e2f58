"""Benchmarks: each beside its peer and its limit, measured in the same run."""
