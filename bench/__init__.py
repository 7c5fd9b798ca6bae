"""Load and quality benchmarks, each run by its name."""
