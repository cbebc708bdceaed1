"""Models that leave Python: ONNX, tables with a proven bound, source code, and certificates."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
