"""The published fast KANs, with their own arguments, defaults and initialisation; one of our own.

Each is a function that returns a :class:`~edgewise.models.kan.KAN`; nothing but data sets them
apart. Arguments that their programs accept and ignore are accepted and ignored here too, which the
docstrings say.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from typing import Any

from edgewise._checks import check_numbers, check_positive, check_settings
from edgewise.bases import RSWAF, BSpline, Chebyshev, Fourier, Gaussian, Legendre
from edgewise.engines.activation import BaseActivation, resolve_base
from edgewise.models.kan import KAN
from edgewise.models.preset_init import (
    cheby_kan_,
    efficient_kan_,
    fast_kan_,
    fourier_kan_,
    kal_net_,
    rbf_kan_,
    xavier_,
)
from edgewise.models.widths import check_normalized, check_widths, takes_list
from edgewise.nn.arguments import read_range, share_seed
from edgewise.nn.linear import KANLinear


@takes_list
def FastKAN(
    layers_hidden: Sequence[int],
    grid_min: float = -2.0,
    grid_max: float = 2.0,
    num_grids: int = 8,
    use_base_update: bool = True,
    base_activation: BaseActivation = "silu",
    spline_weight_init_scale: float = 0.1,
    *,
    use_layernorm: bool = True,
    exponent: int = 2,
    denominator: float | None = None,
    **common: Any,
) -> KAN:
    """fast-kan: Gaussians of the LayerNorm'ed input plus SiLU of the raw one.

    Args:
        layers_hidden: widths, input and output included.
        grid_min, grid_max, num_grids: the centres.
        use_base_update: whether there is a base branch (and with it a bias).
        base_activation: its activation.
        spline_weight_init_scale: standard deviation of the initial coefficients.
        use_layernorm: whether inputs are normalised; False for a single input feature.
        exponent: accepted and unused, as in fast-kan-playground of May 2024.
        denominator: width of the Gaussians; None takes the spacing. Given, the coefficients get
            Xavier's initialisation, as in that version.
        **common: ``engine``, ``seed``, ``device``, ``dtype`` of :class:`KAN`.

    Example:
        >>> import torch, edgewise as ew
        >>> model = ew.FastKAN([784, 64, 10])
        >>> sum(p.numel() for p in model.parameters())
        459114

    Reference: Li, arXiv:2405.06721.
    """
    scale = spline_weight_init_scale
    check_numbers("FastKAN", spline_weight_init_scale=scale, exponent=exponent)
    check_settings("FastKAN", use_base_update=use_base_update, use_layernorm=use_layernorm)
    if use_layernorm:
        check_normalized("FastKAN", layers_hidden, "FastKAN({}, use_layernorm=False)")
    std = None if denominator is not None else scale
    return KAN(
        layers_hidden,
        basis=Gaussian(num_grids, grid_min, grid_max, denominator),
        norm="layer" if use_layernorm else None,
        base=base_activation if use_base_update else None,
        bias=use_base_update,
        init=partial(fast_kan_, std=std),
        **common,
    )


@takes_list
def FasterKAN(
    layers_hidden: Sequence[int],
    grid_min: float = -1.2,
    grid_max: float = 1.2,
    num_grids: int = 8,
    exponent: int = 2,
    inv_denominator: float = 0.5,
    train_grid: bool = False,
    train_inv_denominator: bool = False,
    base_activation: Any = None,
    spline_weight_init_scale: float = 1.0,
    *,
    denominator: float | None = None,
    **common: Any,
) -> KAN:
    """faster-kan: RSWAF of the LayerNorm'ed input, no base branch and no bias.

    Args:
        layers_hidden: widths, input and output included.
        grid_min, grid_max, num_grids: the centres.
        exponent, base_activation, spline_weight_init_scale: accepted and unused, as there.
        inv_denominator: the d in :class:`RSWAF`, which the published forward pass ignores.
        train_grid, train_inv_denominator: whether centres and d are learnt, with exact gradients.
        denominator: 1/d, the argument of its first generation; overrides ``inv_denominator``.
        **common: ``engine``, ``seed``, ``device``, ``dtype`` of :class:`KAN`.

    Example:
        >>> import edgewise as ew
        >>> model = ew.presets.FasterKAN([784, 64, 10], train_grid=True)
        >>> sum(p.numel() for p in model.parameters())  # 16 of them are centres
        408240

    Reference: Delis, github.com/AthanasiosDelis/faster-kan.
    """
    scale = spline_weight_init_scale
    check_numbers("FasterKAN", spline_weight_init_scale=scale, exponent=exponent)
    resolve_base("FasterKAN", base_activation)
    if denominator is not None:
        check_positive("FasterKAN", "denominator", denominator)
    check_normalized("FasterKAN", layers_hidden, 'KAN({}, basis="rswaf", norm=None)')
    d = inv_denominator if denominator is None else 1 / denominator
    return KAN(
        layers_hidden,
        basis=RSWAF(num_grids, grid_min, grid_max, d, train_grid, train_inv_denominator),
        norm="layer",
        base=None,
        bias=False,
        init=xavier_,
        **common,
    )


@takes_list
def RBFKAN(
    layers_hidden: Sequence[int],
    grid_min: float = -2.0,
    grid_max: float = 2.0,
    num_grids: int = 8,
    use_base_update: bool = True,
    base_activation: BaseActivation = "silu",
    spline_weight_init_scale: float = 0.1,
    **common: Any,
) -> KAN:
    """RBF-KAN: fast-kan without the LayerNorm; arguments as in :func:`FastKAN`.

    Example:
        >>> import edgewise as ew
        >>> model = ew.presets.RBFKAN([784, 64, 10])
        >>> sum(p.numel() for p in model.parameters()), model.stack()[0].norm
        (457418, None)

    Reference: github.com/sidhu2690/RBF-KAN.
    """
    check_numbers("RBFKAN", spline_weight_init_scale=spline_weight_init_scale)
    check_settings("RBFKAN", use_base_update=use_base_update)
    return KAN(
        layers_hidden,
        basis=Gaussian(num_grids, grid_min, grid_max),
        norm=None,
        base=base_activation if use_base_update else None,
        bias=use_base_update,
        init=partial(rbf_kan_, std=spline_weight_init_scale),
        **common,
    )


@takes_list
def EfficientKAN(
    layers_hidden: Sequence[int],
    grid_size: int = 5,
    spline_order: int = 3,
    scale_noise: float = 0.1,
    scale_base: float = 1.0,
    scale_spline: float = 1.0,
    base_activation: BaseActivation = "silu",
    grid_eps: float = 0.02,
    grid_range: Sequence[float] = (-1, 1),
    *,
    enable_standalone_scale_spline: bool = True,
    **common: Any,
) -> KAN:
    """efficient-kan: B-splines with a trained scale for every edge plus SiLU, no bias.

    Args:
        layers_hidden: widths, input and output included.
        grid_size, spline_order, grid_range: cells, degree and domain of the splines.
        scale_noise: width of the noise that the initial splines interpolate, times ``grid_size``.
        scale_base, scale_spline: factors in the initialisation of base weights and scales.
        base_activation: activation of the base branch.
        grid_eps: accepted and unused: it belongs to the grid update, not to the model.
        enable_standalone_scale_spline: whether every edge has a trained scale.
        **common: ``engine``, ``seed``, ``device``, ``dtype`` of :class:`KAN`.

    Example:
        >>> import edgewise as ew
        >>> model = ew.presets.EfficientKAN([2, 5, 1], grid_size=4)
        >>> [tuple(p.shape) for p in model.stack()[0].parameters()]  # coefficients, base, scales
        [(2, 7, 5), (2, 5), (2, 5)]

    Reference: github.com/Blealtan/efficient-kan.
    """
    scales = {"noise": scale_noise, "base": scale_base, "spline": scale_spline}
    check_numbers("EfficientKAN", **{f"scale_{name}": scale for name, scale in scales.items()})
    check_numbers("EfficientKAN", greatest=1, grid_eps=grid_eps)
    check_settings("EfficientKAN", enable_standalone_scale_spline=enable_standalone_scale_spline)
    lo, hi = read_range("EfficientKAN", "grid_range", grid_range)
    return KAN(
        layers_hidden,
        basis=BSpline(grid_size, spline_order, lo, hi),
        norm=None,
        base=base_activation,
        bias=False,
        coef_scale=enable_standalone_scale_spline,
        init=partial(efficient_kan_, noise=scale_noise, base=scale_base, spline=scale_spline),
        **common,
    )


@takes_list
def KALNet(
    layers_hidden: Sequence[int],
    polynomial_order: int = 3,
    base_activation: BaseActivation = "silu",
    *,
    scaling: str = "tanh",
    **common: Any,
) -> KAN:
    """KAL-Net: Legendre polynomials plus SiLU, then LayerNorm and SiLU, the last layer included.

    Args:
        layers_hidden: widths, input and output included.
        polynomial_order: highest degree.
        base_activation: activation of the base branch.
        scaling: how inputs reach [-1, 1]: "tanh", which treats every row alike, or
            "batch_minmax", which is KAL-Net's own and depends on the batch. A state dict in
            KAL-Net's layout was trained with the latter, and loading it switches to it.
        **common: ``engine``, ``seed``, ``device``, ``dtype`` of :class:`KAN`.

    Example:
        >>> import torch, edgewise as ew
        >>> model = ew.presets.KALNet([4, 8, 3], polynomial_order=2)
        >>> y = model(torch.rand(10, 4))
        >>> y.shape, bool((y > -0.2785).all()), len(model.post_norms())  # SiLU's least value
        (torch.Size([10, 3]), True, 2)

    Reference: github.com/1ssb/torchkan.
    """
    return KAN(
        layers_hidden,
        basis=Legendre(polynomial_order),
        norm=scaling,
        base=base_activation,
        bias=False,
        post="layernorm_silu",
        init=kal_net_,
        **common,
    )


@takes_list
def ChebyKAN(layers_hidden: Sequence[int], degree: int = 4, **common: Any) -> KAN:
    """ChebyKAN: Chebyshev polynomials of tanh(x), neither base branch nor bias.

    Args:
        layers_hidden: widths, input and output included.
        degree: highest degree.
        **common: ``engine``, ``seed``, ``device``, ``dtype`` of :class:`KAN`.

    Example:
        >>> import torch, edgewise as ew
        >>> model = ew.presets.ChebyKAN([2, 5, 1], degree=3)
        >>> sum(p.numel() for p in model.parameters())
        60
        >>> far, farther = torch.full((1, 2), 50.0), torch.full((1, 2), 90.0)
        >>> torch.allclose(model(far), model(farther))  # tanh is 1 there
        True

    Reference: github.com/SynodicMonth/ChebyKAN.
    """
    return KAN(
        layers_hidden,
        basis=Chebyshev(degree),
        norm="tanh",
        base=None,
        bias=False,
        init=cheby_kan_,
        **common,
    )


@takes_list
def FourierKAN(
    layers_hidden: Sequence[int],
    gridsize: int = 5,
    addbias: bool = True,
    smooth_initialization: bool = False,
    **common: Any,
) -> KAN:
    """FourierKAN: sines and cosines of the raw input plus a bias.

    Args:
        layers_hidden: widths, input and output included.
        gridsize: number of harmonics.
        addbias: whether there is a bias.
        smooth_initialization: start with coefficients that fall off as 1/frequency².
        **common: ``engine``, ``seed``, ``device``, ``dtype`` of :class:`KAN`.

    Example:
        >>> import math, torch, edgewise as ew
        >>> model, x = ew.presets.FourierKAN([2, 5, 1], gridsize=3), torch.rand(10, 2)
        >>> torch.allclose(model(x), model(x + 2 * math.pi), atol=1e-4)
        True

    Reference: github.com/GistNoesis/FourierKAN.
    """
    check_settings("FourierKAN", smooth_initialization=smooth_initialization)
    return KAN(
        layers_hidden,
        basis=Fourier(gridsize),
        norm=None,
        base=None,
        bias=addbias,
        init=partial(fourier_kan_, smooth=smooth_initialization),
        **common,
    )


@takes_list
def ImageKAN(
    layers_hidden: Sequence[int],
    num_grids: int = 8,
    grid_min: float = -2.0,
    grid_max: float = 2.0,
    *,
    ink: float = 1.0,
    ink_width: float = 1.4,
    **common: Any,
) -> KAN:
    """The KAN to begin with for images: one Gaussian of a pixel, many of a hidden value.

    The first layer has neither norm nor base. It has one function of each pixel, exp(-((x - ink) /
    ink_width)²), which is near 0 on the background, so only what is drawn counts. More functions of
    a pixel cost parameters and training time, and on MNIST made the network less accurate. The
    layers behind are FastKAN's: Gaussians of the LayerNorm'ed input plus SiLU. At the same number
    of parameters the hidden layer is several times as wide as FastKAN's (figures:
    docs/accuracy.md).

    Args:
        layers_hidden: widths, input and output included.
        num_grids, grid_min, grid_max: the centres behind the first layer.
        ink: the value of a pixel that is drawn, where the background is -1.
        ink_width: width of the first layer's Gaussian.
        **common: ``engine``, ``seed``, ``device``, ``dtype`` of :class:`KAN`.

    Shape:
        (*, layers_hidden[0]) → (*, layers_hidden[-1]); images flat, in [-1, 1]

    Raises:
        ValueError: if a setting is out of its range.

    Example:
        >>> import torch, edgewise as ew
        >>> ew.presets.ImageKAN([784, 256, 10])(torch.rand(5, 784)).shape
        torch.Size([5, 10])
    """
    widths = check_widths("ImageKAN", layers_hidden)
    check_numbers("ImageKAN", ink=ink)
    wider = [widths[0], *(max(2, width) for width in widths[1:-1]), widths[-1]]
    check_normalized("ImageKAN", widths, f"ew.presets.ImageKAN({wider})", first=1)
    common = share_seed("ImageKAN", common)
    pixel = Gaussian(1, ink, ink + 1, ink_width)
    rest = Gaussian(num_grids, grid_min, grid_max)
    first = KANLinear(widths[0], widths[1], basis=pixel, norm=None, base=None, **common)
    others = [
        KANLinear(a, b, basis=rest, norm="layer", base="silu", **common)
        for a, b in pairwise(widths[1:])
    ]
    return KAN.from_layers([first, *others])


PRESETS = {
    "fastkan": FastKAN,
    "fasterkan": FasterKAN,
    "efficientkan": EfficientKAN,
    "rbfkan": RBFKAN,
    "kalnet": KALNet,
    "chebykan": ChebyKAN,
    "fourierkan": FourierKAN,
    "imagekan": ImageKAN,
}
