"""`python -m benchmarks.discovery`."""

from benchmarks.discovery.study import main

if __name__ == "__main__":
    main()
