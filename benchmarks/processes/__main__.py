"""`python -m benchmarks.processes`."""

from benchmarks.processes.study import main

if __name__ == "__main__":
    main()
