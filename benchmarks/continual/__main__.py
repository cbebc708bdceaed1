"""`python -m benchmarks.continual`."""

from benchmarks.continual.study import main

if __name__ == "__main__":
    main()
