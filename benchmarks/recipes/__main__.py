"""`python -m benchmarks.recipes`."""

from benchmarks.recipes.study import main

if __name__ == "__main__":
    main()
