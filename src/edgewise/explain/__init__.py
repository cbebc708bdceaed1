"""What a trained network does with data: curves, scores, and smaller networks that do the same."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
