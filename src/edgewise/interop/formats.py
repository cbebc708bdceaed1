"""Every foreign format by name, and which of them a state dict has the keys of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from edgewise.bases import Basis
from edgewise.interop.cheby_kan import ChebyKANFormat
from edgewise.interop.efficient_kan import EfficientKANFormat
from edgewise.interop.fast_kan import FastKANFormat, PlaygroundFormat, RBFKANFormat
from edgewise.interop.faster_kan import FasterKANDenominatorFormat, FasterKANFormat
from edgewise.interop.fourier_kan import FourierKANFormat
from edgewise.interop.kal_net import KALNetFormat
from edgewise.interop.layout import Format
from edgewise.interop.pykan import PykanFormat

FORMATS: dict[str, Format] = {
    fmt.name: fmt
    for fmt in (
        FastKANFormat(),
        PlaygroundFormat(),
        FasterKANFormat(),
        FasterKANDenominatorFormat(),
        RBFKANFormat(),
        EfficientKANFormat(),
        KALNetFormat(),
        ChebyKANFormat(),
        FourierKANFormat(),
        PykanFormat(),
    )
}


def recognize(state: Mapping[str, Any], basis: Basis | None = None) -> list[str]:
    """The formats whose key layout ``state`` has, for models of that basis if one is given.

    Keys alone can't tell fast-kan without its base branch from faster-kan's first generation;
    the basis of the model that shall receive them can.

    Example:
        >>> import edgewise as ew
        >>> model = ew.presets.EfficientKAN([2, 5, 1])
        >>> ew.interop.recognize(ew.saving.to_foreign(model, "efficient-kan"))
        ['efficient-kan']
        >>> ew.interop.recognize(ew.KAN([2, 5, 1]).state_dict())
        []
    """
    return [
        name
        for name, fmt in FORMATS.items()
        if fmt.same_keys_as is None
        and fmt.group(state) is not None
        and (basis is None or isinstance(basis, fmt.basis))
    ]


def find_format(name: str) -> Format:
    """The format of that name.

    Raises:
        ValueError: if there is none; the message lists what there is.
    """
    if name not in FORMATS:
        raise ValueError(f"expected format to be one of {', '.join(FORMATS)}; got {name!r}")
    return FORMATS[name]
