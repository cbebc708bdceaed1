"""What a KAN does in the models that people put one in, beside an MLP of as many parameters."""
