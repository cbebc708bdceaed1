"""`python -m benchmarks.accuracy`."""

from benchmarks.accuracy.study import main

if __name__ == "__main__":
    main()
