"""Is a KAN as good as the MLP that it replaces, if both are trained by plain Adam?"""
