"""How well do networks fit formulas and solve differential equations, at equal size and time?

`python -m benchmarks.equations --help` from the root of the repository.
"""
