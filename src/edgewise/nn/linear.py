"""`KANLinear`: the KAN layer, with a trained function of one variable on every edge."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

import torch
from torch import Tensor, nn

from edgewise._checks import check_settings, read_count
from edgewise._tensors import Device, DType
from edgewise.bases import Basis
from edgewise.bases.jets import Jets
from edgewise.engines.activation import (
    ACTIVATIONS,
    Activation,
    BaseActivation,
    activation_of,
    resolve_base,
)
from edgewise.engines.call import Call
from edgewise.engines.reference import edge_weights, evaluate_basis
from edgewise.engines.select import by_weights, check_coefficients, compute, find_engine
from edgewise.functional import check_input, match_dtype
from edgewise.nn.arguments import (
    LAYER_NAMES,
    check_parameters,
    explain_names,
    read_seed,
    renamed,
    resolve_basis,
)
from edgewise.nn.derivatives import jets
from edgewise.nn.gridded import Gridded
from edgewise.nn.init import (
    Initializer,
    Scheme,
    default_scheme,
    leave_zero,
    norm_behind,
    read_scale,
)
from edgewise.nn.linear_part import LinearPart
from edgewise.nn.norm import make_norm
from edgewise.nn.norm_base import Norm
from edgewise.nn.quantization import QuantizationConfig
from edgewise.nn.sharding import fill_shards, is_sharded, is_sharded_module


class KANLinear(Gridded):
    """A layer with a learnable univariate function on every edge.

    .. math:: y_o = b_o + \\sum_i M_{io}\\Big[ V_{io}\\, s(x_i)
              + S_{io} \\sum_g C_{igo}\\, φ_g(n(x)_i) \\Big]

    where φ is the ``basis``, n the ``norm`` and s the ``base`` activation. S is there with
    ``coef_scale``, the mask M once one is set; both are 1 otherwise.

    Args:
        in_features, out_features: sizes.
        basis: what the edges are made of, or the name of a basis, such as "gaussian", which stands
            for its default settings with linear tails, over [-2, 2] where it has limits; default:
            cubic B-splines on 3 cells over [-2, 2], with linear tails.
        norm: None, "layer" (LayerNorm), "affine" (a trained scale and shift per feature),
            "standard" (a scale and shift made from the first rows of training, see
            :class:`~edgewise.nn.Standard`), "standard_affine" (both, see
            :class:`~edgewise.nn.StandardAffine`), "tanh", "batch_minmax" (see
            :class:`~edgewise.nn.BatchMinMax`), or "auto": "affine" for a basis with linear tails,
            for others the basis's ``default_norm``.
        base: None, "silu", "identity" or a callable; None leaves the base branch out. "auto" is
            "identity" for a basis with linear tails, "silu" for others.
        bias: whether the layer has a bias b.
        coef_scale: whether every edge has a trained scale S, as in efficient-kan and pykan; or a
            number from 1e-4 to 1e4, S of all edges, which isn't trained. "auto" is False for a
            Basis. For the name of one it is the number that keeps steps of Adam small enough
            (:func:`~edgewise.nn.init.steady_scale`).
        init: "line" (:func:`~edgewise.nn.init.line_`), "zero" (a layer that answers 0), "variance"
            (:func:`~edgewise.nn.init.variance_`), "power" (:func:`~edgewise.nn.init.power_law_`) or
            a callable (layer, generator). "auto" is "line" for a basis with linear tails,
            "variance" for others.
        engine: None picks the fastest that fits; a name insists on it.
        seed: seed of the initial weights: a whole number, or a generator, which is used up; None
            takes torch's global one.
        device, dtype: of the parameters, as for torch's layers.

    Shape:
        (*, in_features) → (*, out_features), any leading dimensions, of size zero too.
        Attributes: coef (in, num_basis, out), base_weight (in, out), bias (out,),
        coef_scale (in, out), mask (in, out); frozen (in + 1, out), the edges, and in the last row
        the biases, that training leaves as they are, or None (:func:`~edgewise.surgery.freeze`).

    Raises:
        ValueError: if a setting is out of its range, or inputs don't fit.
        TypeError: if inputs are no floating-point tensor, or an argument has a name of another
            program; the message says ours.

    Example:
        >>> import torch, edgewise as ew
        >>> layer = ew.KANLinear(3, 2, basis=ew.Gaussian(8), norm="tanh")
        >>> x = torch.rand(5, 3)
        >>> layer(x).shape, layer.coef.shape
        (torch.Size([5, 2]), torch.Size([3, 8, 2]))
        >>> torch.allclose(layer(x), layer.edge_values(x).sum(-2) + layer.bias, atol=1e-5)
        True
    """

    bias: nn.Parameter | None
    base_weight: nn.Parameter | None
    coef_scale: Tensor | None
    mask: Tensor | None
    frozen: Tensor | None
    norm: Norm | None
    qconfig = QuantizationConfig()

    @explain_names("KANLinear", LAYER_NAMES)
    @renamed(generator="seed")
    def __init__(
        self,
        in_features: int,
        out_features: int,
        *,
        basis: Basis | str | None = None,
        norm: str | None = "auto",
        base: BaseActivation = "auto",
        bias: bool = True,
        coef_scale: bool | float | str = "auto",
        init: str | Initializer = "auto",
        engine: str | None = None,
        seed: int | torch.Generator | None = None,
        device: Device = None,
        dtype: DType = None,
    ) -> None:
        super().__init__()
        in_features = read_count("KANLinear", "in_features", in_features, 1)
        out_features = read_count("KANLinear", "out_features", out_features, 1)
        check_settings("KANLinear", device, dtype, bias=bias)
        named = basis is None or isinstance(basis, str)
        basis = resolve_basis("KANLinear", basis)
        scale = read_scale("KANLinear", coef_scale, basis, named)
        check_parameters("KANLinear", in_features * out_features * basis.num_basis, device, dtype)
        self.in_features = in_features
        self.out_features = out_features
        self.engine = None if engine is None else find_engine(engine).name
        if isinstance(base, str) and base == "auto":
            base = "identity" if basis.linear_tails else "silu"
        self.base = resolve_base("KANLinear", base)
        if norm == "auto":
            norm = norm_behind(basis)
        self.basis = basis  # the normalisation asks where its functions are
        self.set_norm(norm, device, dtype)

        def empty(*shape: int) -> nn.Parameter:
            return nn.Parameter(torch.empty(shape, device=device, dtype=dtype))

        edges = (in_features, out_features)
        self.coef = empty(in_features, basis.num_basis, out_features)
        self.register_parameter("base_weight", None if base is None else empty(*edges))
        self.register_parameter("bias", empty(out_features) if bias else None)
        self.first_scale = 1.0 if scale is None else scale
        if scale is not None and coef_scale is not True:
            self.register_buffer("coef_scale", empty(*edges).detach())
        else:
            self.register_parameter("coef_scale", None if scale is None else empty(*edges))
        self.register_buffer("mask", None)
        self.register_buffer("frozen", None)
        self._adopt(basis, basis.init_grid(in_features, device=device, dtype=self.coef.dtype))
        self._scheme = default_scheme(basis) if init == "auto" else Scheme(init)
        self.reset_parameters(seed=seed)

    @renamed(generator="seed")
    @torch.no_grad()
    def reset_parameters(
        self,
        init: str | Initializer | None = None,
        seed: int | torch.Generator | None = None,
    ) -> None:
        """Make the layer new: random weights, and grid, normalisation and mask as they begin.

        Parameters that are sharded over processes become parts of the same whole; all of these
        processes have to call it. Tensors on the device "meta" have no values and stay so.

        Args:
            init: as the constructor takes it; None for the one that the layer was built with.
        """
        generator = read_seed("KANLinear", seed, self.coef.device)
        if init is not None:
            self._scheme = Scheme(init)
        if self.coef.is_meta:
            return
        if self.norm is not None:
            self.norm.reset_parameters()
        if self.coef_scale is not None and not isinstance(self.coef_scale, nn.Parameter):
            self.coef_scale.fill_(self.first_scale)
        if is_sharded(self.coef):
            whole = self.make_like(self.in_features, self.out_features, generator)
            whole.expand_grid([list(t.shape) for t in self.grid])
            fill_shards(self, whole)
        else:
            self._scheme(self, generator)
        self.reset_grid()
        if self.mask is not None:
            self.mask.fill_(1)

    @property
    def init(self) -> str | Initializer:
        """What makes the layer's first weights."""
        return self._scheme.init

    def make_like(
        self, in_features: int, out_features: int, seed: int | torch.Generator | None
    ) -> KANLinear:
        """A new layer of these sizes with the settings of this one."""
        like = self.grid[0] if self.grid else self.coef
        sizes = {"in_features": in_features, "out_features": out_features}
        return KANLinear(
            **(self._settings() | sizes),
            init="auto" if self.init is leave_zero else self.init,
            seed=seed,
            engine=self.engine,
            device=like.device,
            dtype=self.coef.dtype,
        )

    def set_norm(self, norm: str | None, device: Device = None, dtype: DType = None) -> None:
        """Replace the normalisation by a new one of that name."""
        self.norm = make_norm(norm, self.in_features, device, dtype)
        if self.norm is not None:
            self.norm.train(self.training)
        if self.norm is not None and not self.norm.is_settled:
            self.norm.aim(*self.basis.middle_and_unit)

    def edge_weights(self) -> tuple[Tensor, Tensor | None]:
        """C and V as the formula uses them: scaled by S and masked by M.

        Shape:
            (in_features, num_basis, out_features), and (in_features, out_features) or None
        """
        return edge_weights(self.coef, self.base_weight, self.coef_scale, self.mask)

    def weights(self) -> Tensor:
        """What an edge multiplies its :meth:`features` with: C, and V behind it if there is one.

        Shape:
            (in_features, num_basis [+ 1], out_features)
        """
        coef, base_weight = self.edge_weights()
        return coef if base_weight is None else torch.cat([coef, base_weight[:, None, :]], 1)

    @property
    def weight(self) -> Tensor:
        """W of the layer's linear part W x, as ``nn.Linear`` keeps it; 0 if the base isn't x.

        Models written for ``nn.Linear`` read its type and device, as T5 does. Functions that take
        it for the whole layer raise TypeError (:class:`~edgewise.nn.linear_part.LinearPart`).

        Shape:
            (out_features, in_features)
        """
        base_weight = self.edge_weights()[1]
        if base_weight is None or self.base != "identity":
            base_weight = self.coef.new_zeros(()).expand(self.in_features, self.out_features)
        return LinearPart.of(base_weight.t())

    @property
    def activation(self) -> Activation:
        """s as an object: its value, its slope, and its name if it has one."""
        return activation_of(self.base)

    @property
    def norm_name(self) -> str | None:
        """The name of the normalisation, None without one."""
        return None if self.norm is None else self.norm.name

    @property
    def mixes_features(self) -> bool:
        """Whether an edge depends on more than its own input, because the normalisation does."""
        return self.norm is not None and self.norm.mixes

    def normalized(self, x: Tensor) -> Tensor:
        """n(x), what the basis sees; x itself without a normalisation.

        Shape:
            (*, in_features) → (*, in_features)
        """
        return x if self.norm is None else self.norm(x)

    def features(self, x: Tensor) -> Tensor:
        """ψ(x) = (φ_1(n(x)) … φ_G(n(x)), s(x)) of every input; without s if there is no base.

        Shape:
            (*, in_features) → (*, in_features, num_basis [+ 1])
        """
        z = self.normalized(x)
        phi = evaluate_basis(self.basis, z, self.grid)
        if self.base_weight is None:
            return phi
        return torch.cat([phi, self.activation(self.base_input(x, z))[..., None]], -1)

    def base_input(self, x: Tensor, z: Tensor) -> Tensor:
        """What the base activation sees: x, or z = n(x) where the normalisation says so.

        Shape:
            (*, in_features), all three
        """
        return z if self.norm is not None and self.norm.feeds_base else x

    def edge_values(self, x: Tensor) -> Tensor:
        """What each edge adds to its node: for few rows or few edges, as it builds all of them.

        Shape:
            (*, in_features) → (*, in_features, out_features)
        """
        return torch.einsum("...ig,igo->...io", self.features(x), self.weights())

    def forward(self, x: Tensor) -> Tensor:
        check_input("KANLinear", x, self.in_features)
        check_coefficients(self.coef, self.basis)
        x = match_dtype(x, self.coef)
        norm = self.norm
        if norm is not None and not norm.is_settled and self.training and torch.is_grad_enabled():
            together = norm.is_shared or is_sharded_module(self)
            norm.follow(x.value if isinstance(x, Jets) else x, together)
        return compute(self.read(x), self.engine)

    def by_weights(self, x: Tensor | Jets, slope: Tensor, to: Tensor) -> None:
        """Write the derivatives by coefficients, then by base weights, of what has the gradient
        ``slope`` by the output, for each row by itself.

        Shape:
            x: (rows, in_features), slope: (rows, out_features), or both jets' parts;
            to: (in_features · (num_basis [+ 1]) · out_features, rows)
        """
        by_weights(self.read(cast(Tensor, x)), slope, to, self.engine)

    def jets(self, x: Tensor, orders: int | Iterable[Sequence[int]] = 2) -> Jets:
        """The outputs with their partial derivatives by x, see :func:`edgewise.jets`.

        Shape:
            x: (*, in_features); each derivative: (*, out_features)
        """
        return jets(self, x, orders)

    def read(self, x: Tensor) -> Call:
        """What an engine is asked for at x."""
        norm = self.norm
        if norm is None or norm.feeds_base:
            return self.call(x if norm is None else norm(x), None, None)
        known = norm.for_engine()
        return self.call(x, norm(x) if known is None else None, known)

    def call(self, x: Tensor, z: Tensor | None, known: tuple[str, Sequence[Tensor]] | None) -> Call:
        """What an engine is asked for: of x and z, or of x and a norm that it knows by name."""
        norm, trained = known or (None, ())
        coef, base_weight, mask = self.coef, self.base_weight, self.mask  # each look-up takes time
        base = None if base_weight is None else self.base
        mask = None if mask is None else mask.to(coef.dtype)
        tensors = (x, z, coef, base_weight, self.bias, self.grid)
        return Call(*tensors, self.basis, base, norm, trained, self.coef_scale, mask)

    @torch.no_grad()
    def plot_curve(
        self,
        input_index: int,
        output_index: int,
        num_pts: int = 1000,
        num_extrapolate_bins: float = 2,
    ) -> tuple[Tensor, Tensor]:
        """Trace the spline part of one edge, Σ_g C_g φ_g(z), without the base branch.

        z, the normalised input, runs from the grid's first to its last point and
        ``num_extrapolate_bins`` bins further at either end. A bin is the mean spacing of the grid,
        or 1/num_basis of the domain for a basis without a grid. The name and the arguments are
        fast-kan's; :func:`edgewise.plotting.plot_edge` draws the whole edge on data.

        Shape:
            (num_pts,) and (num_pts,)

        Raises:
            ValueError: if there is no such edge, or too few points.
        """
        for name, index, count in (
            ("input_index", input_index, self.in_features),
            ("output_index", output_index, self.out_features),
        ):
            if not 0 <= index < count:
                raise ValueError(f"plot_curve expected {name} from 0 to {count - 1}, got {index}")
        read_count("plot_curve", "num_pts", num_pts, 2)
        weights = self.edge_weights()[0][input_index, :, output_index]
        return self.trace(input_index, weights, num_pts, num_extrapolate_bins)

    def to_config(self) -> dict[str, Any]:
        """The constructor's arguments as JSON-able data.

        Raises:
            ValueError: if the base activation is a callable, which no file can hold, or the layer
                is of a class derived from this one.
        """
        if type(self) is not KANLinear:
            raise ValueError(
                f"expected a KANLinear itself, got a {type(self).__name__}, which would be read "
                "back as a KANLinear: save model.state_dict() and build the model in code"
            )
        if callable(self.base):
            raise ValueError(
                f"expected a base activation with a name ({', '.join(ACTIVATIONS)}), got "
                f"{self.base!r}, which can't be written to a file: save model.state_dict() and "
                "build the model in code"
            )
        if not (self.norm is None or isinstance(self.norm, Norm)):
            raise ValueError(
                f"expected a normalisation of edgewise's own, got a {type(self.norm).__name__}: "
                "save model.state_dict() and build the model in code"
            )
        return self._settings() | {
            "basis": self.basis.to_config(),
            "mask": self.mask is not None,
            "frozen": self.frozen is not None,
            "grid_shapes": [list(t.shape) for t in self.grid],
        }

    def _settings(self) -> dict[str, Any]:
        """The constructor's arguments that say what the layer computes."""
        return {
            "in_features": self.in_features,
            "out_features": self.out_features,
            "basis": self.basis,
            "norm": self.norm_name,
            "base": self.base,
            "bias": self.bias is not None,
            "coef_scale": self.scale_setting,
        }

    @property
    def scale_setting(self) -> bool | float:
        """Whether there is a trained scale of every edge, or the constant that it is."""
        if self.coef_scale is None or isinstance(self.coef_scale, nn.Parameter):
            return self.coef_scale is not None
        return self.first_scale

    @classmethod
    def from_config(
        cls,
        config: dict[str, Any],
        *,
        device: Device = None,
        dtype: DType = None,
    ) -> KANLinear:
        """The layer that :meth:`to_config` described, with weights still to be loaded."""
        settings = config | {"basis": Basis.from_config(config["basis"])}
        masked, shapes = settings.pop("mask"), settings.pop("grid_shapes")
        frozen = settings.pop("frozen", False)
        layer = cls(**settings, init=leave_zero, device=device, dtype=dtype)
        # Files don't say how a layer began.
        layer._scheme = default_scheme(layer.basis)
        layer.expand_grid(shapes)
        if masked:
            layer.mask = torch.ones_like(layer.coef[:, 0])
        if frozen:
            layer.frozen = layer.no_edges()
        return layer

    def no_edges(self) -> Tensor:
        """A table for :attr:`frozen` in which everything may move."""
        shape = (self.in_features + 1, self.out_features)
        return torch.zeros(shape, dtype=torch.bool, device=self.coef.device)

    def _told(self) -> dict[str, Any]:
        told = super()._told()
        if self.norm is None or isinstance(self.norm, Norm):
            told["norm"] = self.norm_name
        return told if callable(self.base) else told | {"base": self.base}

    def _load_from_state_dict(self, state_dict: Any, prefix: str, *args: Any) -> None:
        mask = state_dict.get(prefix + "mask")
        # The state of a masked layer may go into one that has no mask yet.
        if mask is not None and self.mask is None:
            self.mask = torch.ones_like(mask, device=self.coef.device, dtype=self.coef.dtype)
        if prefix + "frozen" in state_dict and self.frozen is None:
            self.frozen = self.no_edges()
        super()._load_from_state_dict(state_dict, prefix, *args)

    def extra_repr(self) -> str:
        base = self.base if isinstance(self.base, str) or self.base is None else "callable"
        parts = [f"{self.in_features}, {self.out_features}", f"basis={self.basis}", f"base={base}"]
        scale = self.scale_setting
        parts += [f"coef_scale={scale}"] if scale else []
        parts += ["bias=False"] if self.bias is None else []
        return ", ".join(parts)
