"""Convert sums of products of curves to separable networks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor

from edgewise._arrays import split_outer_products
from edgewise.bases import Chebyshev
from edgewise.equations.chebyshev_curves import Curves
from edgewise.models.separable import SeparableKAN
from edgewise.nn.stretch import Stretch

SMALL = 1e-14
"""Products smaller than this, relative to the largest, are left out."""


def multiply_curves(
    curves: Sequence[Curves], coefs: Mapping[str, Tensor], fields: Sequence[str]
) -> SeparableKAN:
    """The functions with given coefficients as a separable network, by SVD of the coefficients."""
    terms = [
        list(split_outer_products(coefs[name].detach().cpu().numpy(), SMALL)) for name in fields
    ]
    rank = max(1, *(len(each) for each in terms))
    stretches = [
        Stretch(**c.stretch.to_config(), dtype=torch.float64)  # type: ignore[arg-type]
        for c in curves
    ]
    model = SeparableKAN(
        len(curves), len(fields), rank=rank, basis=[Chebyshev(c.count - 1) for c in curves],
        stretches=stretches, init="zero", dtype=torch.float64,
    )  # fmt: skip
    with torch.no_grad():
        for axis, layer in enumerate(model.layers):
            coef: Any = layer.coef
            for place, own in enumerate(terms):
                for r, factors in enumerate(own):
                    coef[0, :, place * rank + r] = torch.from_numpy(factors[axis])
    return model
