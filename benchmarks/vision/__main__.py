"""`python -m benchmarks.vision`."""

from benchmarks.vision.study import main

if __name__ == "__main__":
    main()
