"""`python -m benchmarks.originals`."""

from benchmarks.originals.study import main

if __name__ == "__main__":
    main()
