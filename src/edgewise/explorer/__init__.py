"""The explorer: view and edit a model on a page or in a notebook; replay the edits in Python."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
