"""Differential equations, solved: residuals in plain Python, conditions, solutions with errors."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
