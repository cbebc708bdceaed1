"""How do radial functions relate to a B-spline grid, and what do growing grids gain?

`python -m benchmarks.approximation --help` from the root of the repository.
"""
