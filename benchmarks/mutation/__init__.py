"""Which small faults do the tests see? `python -m benchmarks.mutation --help`; docs/testing.md."""
