"""What do networks keep of earlier tasks, and what keeps more? `python -m benchmarks.continual`."""
