"""A network to look at and to change: the page, the notebook's widget, and edits in Python."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
