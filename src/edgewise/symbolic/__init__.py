"""Networks of formulas (`SymbolicKAN`), and the search for a function on each edge of a KAN."""

import lazy_loader

from edgewise.formula.expression import Expression
from edgewise.formula.function import Function, Spelling
from edgewise.formula.library import LIBRARY, Library

__getattr__, _, __all__ = lazy_loader.attach_stub(__name__, __file__)
__all__ += ["LIBRARY", "Expression", "Function", "Library", "Spelling"]


def __dir__() -> list[str]:
    return __all__
