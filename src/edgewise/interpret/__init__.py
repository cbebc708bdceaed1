"""Reading a trained network: attribution, pruning, unmixing and plots."""
