"""How do radial functions relate to a B-spline grid, and what do growing grids gain?"""
