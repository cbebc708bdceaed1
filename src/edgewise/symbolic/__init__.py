"""Formulas out of networks: a library of functions, their fit to every edge, and the choice."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
