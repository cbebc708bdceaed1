"""`python -m benchmarks.drop_in`."""

from benchmarks.drop_in.study import main

if __name__ == "__main__":
    main()
