"""Named laws of science, and fits of laws and formulas without start values."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
