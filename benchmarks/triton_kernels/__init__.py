"""What the Triton engine's kernels take, lowered for cards that aren't here."""
