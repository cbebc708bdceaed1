"""`python -m benchmarks.equations`."""

from benchmarks.equations.study import main

if __name__ == "__main__":
    main()
