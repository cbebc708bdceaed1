"""edgewise: Kolmogorov-Arnold networks, fast enough to use and open enough to read."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

__version__ = "0.1.0"
