"""What an engine computes: the arguments of one layer, in one order everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from torch import Tensor

from edgewise.bases import Basis
from edgewise.engines.activation import BaseActivation


class Call(NamedTuple):
    """y_o = b_o + Σ_i [ V_io s(x_i) + Σ_g C_igo φ_g(z_i) ], with z = x where z is None.

    A ``norm`` instead of z is the name of a normalisation in :mod:`~edgewise.engines.normalization`
    that the engine computes itself: z = n(x), with its ``trained`` tensors.

    Formulas, operators and kernels take these arguments in this order; a backward pass takes the
    gradient of y before them and, behind them, which of (x, z, coef, base_weight, bias, *grid,
    *trained) need a gradient.

    Shape:
        x, z: (*, in); coef: (in, num_basis, out); base_weight: (in, out); bias: (out,);
        trained: each (in,) → (*, out)
    """

    x: Tensor
    z: Tensor | None
    coef: Tensor
    base_weight: Tensor | None
    bias: Tensor | None
    grid: Sequence[Tensor]
    basis: Basis
    base: BaseActivation
    norm: str | None = None
    trained: Sequence[Tensor] = ()
