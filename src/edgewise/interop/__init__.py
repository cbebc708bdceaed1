"""The checkpoints of other programs: their state dicts in our terms, and ours in theirs.

A translation knows layers and tensors, but no model: `edgewise.load_foreign`,
`KAN.load_state_dict` and `edgewise.saving.to_foreign` build models from it and write them back.
"""

from edgewise.interop.formats import FORMATS, recognize
from edgewise.interop.read import read_state

__all__ = ["FORMATS", "read_state", "recognize"]


def __dir__() -> list[str]:
    return __all__
