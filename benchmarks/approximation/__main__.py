"""`python -m benchmarks.approximation`."""

from benchmarks.approximation.study import main

if __name__ == "__main__":
    main()
