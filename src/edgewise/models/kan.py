"""`KAN`: a network of KAN layers, one after another, whose nodes add or multiply."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from edgewise._tensors import Device, DType
from edgewise.bases import Basis
from edgewise.bases.jets import Jets
from edgewise.engines.activation import BaseActivation
from edgewise.interop.formats import recognize
from edgewise.models.adapt_to_data import leave_base, place_grid, start_at_targets
from edgewise.models.adopt import adopt, replace_keys
from edgewise.models.foreign_names import METHODS
from edgewise.models.io import savable
from edgewise.models.layered import Layered
from edgewise.models.widths import Level, Width, levels_above, read_levels, slice_layers, takes_list
from edgewise.nn.arguments import (
    MODEL_NAMES,
    PYKAN_PAGE,
    explain_names,
    read_seed,
    renamed,
    resolve_basis,
)
from edgewise.nn.derivatives import jets
from edgewise.nn.init import Initializer, norm_behind, norm_of_columns
from edgewise.nn.linear import KANLinear
from edgewise.nn.product_nodes import multiply_nodes, owners
from edgewise.nn.reading import read_rows
from edgewise.nn.selection import Selection

POSTS = ("layernorm_silu",)


@savable("KAN")
class KAN(Layered):
    """A Kolmogorov-Arnold network: KAN layers, one after another.

    Every preset (``FastKAN``, ``EfficientKAN``, …) returns a KAN; they differ in its arguments.
    ``load_state_dict`` reads our own state dicts and those of every program in
    :mod:`edgewise.interop`, also where the network is part of a larger model. Settings that a
    foreign file has (the knots of every input, KAL-Net's scaling) replace those of the network. No
    file names its base activation, so that stays. A ValueError says what doesn't fit; the network
    is unchanged then.

    Args:
        widths: features at the input, at each hidden layer and at the output. A level may have
            nodes that multiply, too: ``(5, 2)`` is 5 sums and behind them 2 products of 2 factors,
            ``(5, [2, 3])`` 5 sums, a product of 2 and one of 3 factors. Each factor is a sum of
            edges like every other output of a layer.
        basis: one for all layers, or a list with one for each; a name such as "gaussian" stands
            for that basis with linear tails, and so does the default: cubic B-splines of 3 cells
            over [-2, 2].
        norm: see :class:`KANLinear`. With "auto" and linear tails the first layer standardises its
            inputs, so that they can be of any scale, and every layer trains a scale and a shift for
            each of its inputs ("standard_affine", "affine"). A network of more than 64 inputs has
            none of these scales ("standard", None); where the domain of its basis isn't about that
            of standardised features, the layers behind the first keep theirs.
        base, bias, coef_scale, init, engine, seed: see :class:`KANLinear`.
        output_init: the ``init`` of the last layer, if it is to be another: "zero" for the network
            in a residual branch, or the shift and scale of a flow, which begins as no change.
        post: None, or "layernorm_silu": LayerNorm and SiLU after each layer, as in KAL-Net; not
            with products.
        device, dtype: of the parameters, as for torch's layers.

    Attributes:
        input_names: names of the features of x, or None; plots and formulas use them.
        products: for each layer, the numbers of factors of the products above it.
        select: takes from x the features that the first layer reads. Pruning sets it, so that a
            smaller model takes the same x.
        report: what the verb that made this model found, such as the
            :class:`~edgewise.explain.prune.PruneReport` of :func:`~edgewise.prune`, or None; not
            saved.

    Shape:
        (*, in_features) → (*, nodes of the last level); in_features is widths[0], or more if the
        network reads some features only (``select``)

    Raises:
        ValueError: if there are fewer than two widths, one isn't positive, or a setting is wrong.
        TypeError: if an argument has a name of another program; the message says ours.

    Example:
        >>> import torch, edgewise as ew
        >>> model = ew.KAN([4, 5, 1], basis=ew.BSpline(grid=5, degree=3))
        >>> model(torch.rand(10, 4)).shape
        torch.Size([10, 1])
        >>> ew.KAN([2, 5, 1], basis="gaussian").stack()[0].basis.num_basis
        5
        >>> ew.KAN([4, (5, 2), 1]).stack()[0].out_features  # 5 sums and 2 · 2 factors
        9
    """

    @takes_list
    @explain_names("KAN", MODEL_NAMES)
    @renamed(generator="seed")
    def __init__(
        self,
        widths: Sequence[Width],
        *,
        basis: Basis | str | Sequence[Basis | str] | None = None,
        norm: str | None = "auto",
        base: BaseActivation = "auto",
        bias: bool = True,
        coef_scale: bool | float | str = "auto",
        post: str | None = None,
        init: str | Initializer = "auto",
        output_init: str | Initializer | None = None,
        engine: str | None = None,
        seed: int | torch.Generator | None = None,
        device: Device = None,
        dtype: DType = None,
    ) -> None:
        seed = read_seed("KAN", seed, device)
        levels = read_levels("KAN", widths)
        depth = len(levels) - 1
        single = isinstance(basis, str) or not isinstance(basis, Sequence)
        bases: list[Any] = [basis] * depth if single else list(basis)  # type: ignore[arg-type]
        kinds = [resolve_basis("KAN", b) for b in bases]
        if len(bases) != depth:
            raise ValueError(
                f"KAN expected one basis or {depth}, one a layer, got {len(bases)}: pass one for "
                "all layers, or a list with one for each"
            )
        columns = levels[0].nodes
        norms = [norm_behind(kind, columns) if norm == "auto" else norm for kind in kinds]
        if norm == "auto" and kinds[0].linear_tails:
            norms[0] = norm_of_columns(columns)
        layers = [
            KANLinear(
                levels[k].nodes,
                levels[k + 1].outputs,
                basis=bases[k],
                norm=norms[k],
                base=base,
                bias=bias,
                coef_scale=coef_scale,
                init=init if output_init is None or k < depth - 1 else output_init,
                engine=engine,
                seed=seed,
                device=device,
                dtype=dtype,
            )
            for k in range(depth)
        ]
        super().__init__()
        self._adopt(layers, post, [level.products for level in levels[1:]], device, dtype)

    @classmethod
    def from_layers(
        cls,
        layers: Sequence[KANLinear],
        post: str | None = None,
        products: Sequence[Sequence[int]] | None = None,
    ) -> KAN:
        """Make a KAN of layers that exist already, whose sizes must fit.

        Args:
            products: for each layer, how many factors the products above it have; the factors are
                the layer's last outputs. None for sums only.

        Raises:
            TypeError: if they are no list of KANLinear.
            ValueError: if there is none, or an output doesn't fit the next input.
        """
        if not isinstance(layers, Sequence) or not all(isinstance(k, KANLinear) for k in layers):
            raise TypeError(f"KAN.from_layers expected a list of KANLinear, got {layers!r:.80}")
        if not layers:
            raise ValueError("KAN.from_layers expected at least one layer, got none")
        levels = levels_above([layer.out_features for layer in layers], products)
        for a, level, b in zip(layers, levels, layers[1:], strict=False):
            if level.nodes != b.in_features:
                above = f" and the products {level.products}" if level.products else ""
                raise ValueError(
                    f"KAN.from_layers expected a layer with {level.nodes} inputs after one "
                    f"with {a.out_features} outputs{above}, got {b.in_features} inputs"
                )
        model = cls.__new__(cls)
        nn.Module.__init__(model)
        like = layers[0].coef
        model._adopt(layers, post, [level.products for level in levels], like.device, like.dtype)
        model.training = all(layer.training for layer in layers)
        return model

    @classmethod
    def for_data(cls, widths: Sequence[int], x: Any, y: Any = None, **settings: Any) -> KAN:
        """A KAN that begins where the data is, on columns of any scale.

        The grid of each input of each layer spans the values that reach it. A first layer that
        doesn't standardise its inputs has no base activation: s(x) of raw numbers would drown all
        curves. With the targets of a
        regression the last layer begins at their mean, and as large as their spread.

        Args:
            widths: as the constructor takes them.
            x: rows of inputs, (rows, widths[0]); they are not kept.
            y: numbers, (rows,) or (rows, outputs), or None.
            settings: of the constructor.

        Raises:
            ValueError: if x or y don't fit the widths, or aren't finite.

        Example:
            >>> import torch, edgewise as ew
            >>> x = 1000 + 50 * torch.randn(200, 2, generator=torch.Generator().manual_seed(0))
            >>> y = x[:, 0] * x[:, 1]
            >>> model = ew.KAN.for_data([2, 5, 1], x, y)
            >>> float(ew.grids.coverage(model, x)["layers.0"].outside.max())
            0.0
            >>> bool((model(x).mean() - y.mean()).abs() < y.std())
            True
        """
        model = cls(widths, **settings)
        layers = model.stack()
        h = read_rows("KAN.for_data x", x, layers[0].in_features, like=layers[0].coef)
        if layers[0].norm is not None and layers[0].norm.feeds_base:
            layers[0].norm.fit_(h)
        else:
            leave_base(layers[0])
        if y is not None:
            hint = ": give classes no y"
            targets = read_rows("KAN.for_data y", y, model.widths[-1], like=h, hint=hint)
            start_at_targets(layers[-1], targets, model.products[-1])
        for k, layer in enumerate(layers):
            place_grid(layer, h)
            with torch.no_grad():
                h = model.combine(k, layer(h))
        return model

    def _adopt(
        self,
        layers: Sequence[KANLinear],
        post: str | None,
        products: Sequence[tuple[int, ...]],
        device: Device,
        dtype: DType,
    ) -> None:
        if post is not None and post not in POSTS:
            raise ValueError(f"KAN expected post to be None or {POSTS[0]!r}, got {post!r}")
        if post is not None and any(products):
            raise ValueError(f"KAN expected sums only with post={post!r}, got products: drop one")
        self.post = post
        self.products = list(products)
        self.input_names: list[str] | None = None
        self.report: Any = None
        self.select = Selection("KAN", layers[0].in_features, device=device)
        self.layers = nn.ModuleList(layers)
        self.posts = nn.ModuleList(
            nn.Sequential(nn.LayerNorm(k.out_features, device=device, dtype=dtype), nn.SiLU())
            for k in layers
            if post is not None
        )

    @renamed(generator="seed")
    def reset_parameters(
        self, init: str | Initializer | None = None, seed: int | torch.Generator | None = None
    ) -> None:
        """Make every layer new: see :meth:`KANLinear.reset_parameters`.

        After ``torch.device("meta")`` and ``to_empty`` it initialises everything.
        """
        seed = read_seed("reset_parameters", seed, self.stack()[0].coef.device)
        for layer in self.stack():
            layer.reset_parameters(init, seed)
        for post in self.post_norms():
            post.reset_parameters()

    def stack(self) -> list[KANLinear]:
        return [layer for layer in self.layers if isinstance(layer, KANLinear)]

    def post_norms(self) -> list[nn.LayerNorm]:
        """The LayerNorms that follow the layers; none without ``post``."""
        return [post[0] for post in self.posts]  # type: ignore[index]

    def __getattr__(self, name: str) -> Any:
        try:
            return super().__getattr__(name)
        except AttributeError as error:
            if name in ("pruning", "drawn"):
                text = f"KAN.{name} is KAN.report now"
                warnings.warn(text, DeprecationWarning, stacklevel=2)
                return self.report
            if name in METHODS:
                raise AttributeError(
                    f"KAN expected a function instead of pykan's {name}, which no model has "
                    f"here: write {METHODS[name]} (row {name} of {PYKAN_PAGE})"
                ) from error
            raise

    def __getitem__(self, index: int | slice) -> KAN:
        """Some layers in a row, ``model[1:]``, or one, ``model[0]``, as a network of copies.

        A part that begins with the first layer takes the same x as this model.

        Raises:
            IndexError: if there is no such layer.
            ValueError: for no layers, or layers that don't follow each other.
        """
        chosen = slice_layers("KAN", len(self), index)
        layers = copy.deepcopy([self.stack()[k] for k in chosen])
        part = KAN.from_layers(layers, self.post, [self.products[k] for k in chosen])
        part.posts = copy.deepcopy(nn.ModuleList(self.posts[k] for k in chosen if self.post))
        if chosen[0] == 0:
            part.select = copy.deepcopy(self.select)
            part.input_names = None if self.input_names is None else list(self.input_names)
        return part.train(self.training)

    def levels(self) -> list[Level]:
        layers = self.stack()
        outputs = [layer.out_features for layer in layers]
        return [Level(layers[0].in_features), *levels_above(outputs, self.products)]

    def product_nodes(self) -> list[list[int]]:
        return [list(range(level.sums, level.nodes)) for level in self.levels()[1:]]

    def owners(self, k: int) -> Tensor:
        """The node that each output of layer k goes to: as it is, or as a factor.

        Shape:
            (out_features of the layer,), of integers
        """
        layer = self.stack()[k]
        found = owners(layer.out_features, self.products[k])
        return torch.tensor(found, device=layer.coef.device)

    def combine(self, k: int, y: Tensor) -> Tensor:
        """The nodes above layer k from its outputs: products, or LayerNorm and SiLU.

        Shape:
            (*, out_features of the layer) → (*, nodes)
        """
        if self.post is not None:
            after: Tensor = self.posts[k](y)
            return after
        return multiply_nodes(y, self.products[k])

    def edge_products(self, k: int) -> list[int]:
        return []  # factors are nodes here

    def free_levels(self) -> list[bool]:
        """Whether the nodes of each level but the last are normalised one by one, or not at all.

        Then one of them can go without changing the others.
        """
        apart = [not layer.mixes_features for layer in self.stack()]
        return [free and (level == 0 or self.post is None) for level, free in enumerate(apart)]

    @property
    def mixes_features(self) -> bool:
        return self.post is not None or any(layer.mixes_features for layer in self.stack())

    def set_inputs(self, inputs: Sequence[int], in_features: int) -> None:
        """Read only these features of an x that has ``in_features`` of them.

        Raises:
            ValueError: if they aren't as many as the first layer has inputs, or out of range.
        """
        first = self.stack()[0]
        select = Selection("KAN", first.in_features, inputs, in_features, first.coef.device)
        self.select = select.train(self.training)

    def forward(self, x: Tensor) -> Tensor:
        x = self.select(x)
        for k, layer in enumerate(self.layers):
            x = self.combine(k, layer(x))
        return x

    def jets(self, x: Tensor, orders: int | Iterable[Sequence[int]] = 2) -> Jets:
        """The outputs with their partial derivatives by x, see :func:`edgewise.jets`.

        Shape:
            x: (*, in_features); each derivative: (*, out_features)
        """
        return jets(self, x, orders)

    def _load_from_state_dict(self, state_dict: Any, prefix: str, *args: Any) -> None:
        replace_keys(state_dict, prefix, self._read_foreign)
        super()._load_from_state_dict(state_dict, prefix, *args)

    def _read_foreign(self, state: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Take the weights of another program's state dict; None if it is ours."""
        layers = self.stack()
        names = recognize(state, layers[0].basis)
        if not names:
            return None
        adopt(layers, self.post_norms(), state, names[0], self.products)
        return self.state_dict()

    def to_config(self) -> dict[str, Any]:
        """The architecture as JSON-able data."""
        layers = [layer.to_config() for layer in self.stack()]
        config: dict[str, Any] = {"model": "KAN", "post": self.post, "layers": layers}
        if any(self.products):
            config["products"] = [list(arities) for arities in self.products]
        if self.inputs is not None:
            config |= {"inputs": self.inputs, "in_features": self.in_features}
        if self.input_names is not None:
            config["input_names"] = self.input_names
        return config

    @classmethod
    def from_config(
        cls,
        config: dict[str, Any],
        *,
        device: Device = None,
        dtype: DType = None,
    ) -> KAN:
        """The model that :meth:`to_config` described, with weights still to be loaded."""
        layers = [KANLinear.from_config(c, device=device, dtype=dtype) for c in config["layers"]]
        model = cls.from_layers(layers, config["post"], config.get("products"))
        if config.get("inputs") is not None:
            model.set_inputs(config["inputs"], config["in_features"])
        model.input_names = config.get("input_names")
        return model
