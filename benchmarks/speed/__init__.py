"""How fast is a KAN beside the MLP with as many parameters?

`python -m benchmarks.speed --help` from the root of the repository.
"""
