"""Reading a trained network: attribution, pruning, plots, symbolic regression, discovery."""
