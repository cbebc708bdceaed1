"""Networks as tables of piecewise polynomials, with a proven bound, and as source code."""
