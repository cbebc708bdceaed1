"""What an engine computes: the arguments of one layer, in one order everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from torch import Tensor

from edgewise.bases import Basis
from edgewise.engines.activation import BaseActivation


class Call(NamedTuple):
    """y_o = b_o + Σ_i M_io [ V_io s(x_i) + S_io Σ_g C_igo φ_g(z_i) ], with z = x where z is None.

    A ``norm`` instead of z is the name of a normalisation in :mod:`~edgewise.engines.normalization`
    that the engine computes itself: z = n(x), with its ``trained`` tensors. S is ``coef_scale``,
    M is ``mask``; both are 1 where they are None.

    Formulas, operators and kernels take these arguments in this order; a backward pass takes the
    gradient of y before them, and behind ``trained`` which of (x, z, coef, base_weight, bias,
    *grid, *trained, coef_scale, mask) need a gradient; the last two may be left out.

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
