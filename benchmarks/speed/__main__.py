"""`python -m benchmarks.speed`."""

from benchmarks.speed.study import main

if __name__ == "__main__":
    main()
