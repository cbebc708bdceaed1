"""Whether a KAN, put in an MLP's place and trained by plain Adam, is as good as the MLP."""
