"""Reading a trained network: attribution, pruning, plots, symbolic regression, discovery."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, submodules=["discovery", "symbolic"])
