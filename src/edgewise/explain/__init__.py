"""What a trained network does with data: curves, scores, and smaller networks that do the same."""
