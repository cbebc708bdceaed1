"""How fast are the layers beside the programs that they take the place of?

`python -m benchmarks.originals --help` from the root of the repository.
"""
