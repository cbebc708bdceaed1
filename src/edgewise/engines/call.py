"""`Call`: the arguments of one layer, which engines, operators and kernels take in this order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from torch import Tensor

from edgewise.bases import Basis
from edgewise.engines.activation import BaseActivation


class Call(NamedTuple):
    """y_o = b_o + Σ_i M_io [ V_io s(x_i) + S_io Σ_g C_igo φ_g(z_i) ], with z = x where z is None.

    Instead of z there may be a ``norm``, the name of a normalisation in
    :mod:`~edgewise.engines.normalization` that the engine computes itself: z = n(x), with its
    ``trained`` tensors. S is ``coef_scale`` and M is ``mask``; None means 1.

    A backward pass takes the gradient of y before these arguments, and after ``trained`` a list of
    booleans: which of (x, z, coef, base_weight, bias, *grid, *trained, coef_scale, mask) need a
    gradient; the last two may be omitted.

    Shape:
        x, z: (*, in); coef: (in, num_basis, out); base_weight: (in, out); bias: (out,);
        trained: each (in,); coef_scale, mask: (in, out) → (*, out)
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
    coef_scale: Tensor | None = None
    mask: Tensor | None = None
