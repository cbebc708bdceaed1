"""How often discover is right, on formulas and tables that nobody here chose.

`python -m benchmarks.discovery --help` from the root of the repository lists the questions.
Seeds 0 to 99 are for development; only seeds from 1,000 on are reported.
"""
