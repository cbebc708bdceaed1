"""Programs of piecewise polynomials: tables of networks, with a proven bound, and estimators."""
