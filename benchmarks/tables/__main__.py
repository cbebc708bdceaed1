"""`python -m benchmarks.tables`."""

from benchmarks.tables.study import main

if __name__ == "__main__":
    main()
