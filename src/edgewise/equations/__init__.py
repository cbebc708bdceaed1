"""Solve differential equations, given as residuals in plain Python, with an estimated error."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
