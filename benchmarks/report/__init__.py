"""All questions and their answers on one page: `python -m benchmarks.report`."""
