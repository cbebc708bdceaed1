"""Parts of transformers whose MLP is made of KAN layers."""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.utils.checkpoint import checkpoint

from edgewise._checks import check_numbers, check_settings, read_count
from edgewise._tensors import Device, DType
from edgewise.functional import check_dtype_of_part, check_input
from edgewise.nn.arguments import check_parameters, read_seed, renamed, resolve_basis, share_seed
from edgewise.nn.linear import KANLinear
from edgewise.nn.recompute import may_recompute


class KANFeedForward(nn.Module):
    """Two KAN layers in the place of a transformer's MLP block.

    .. math:: y = L_2(L_1(x))

    By default the hidden layer is so narrow that the block has as many parameters as an MLP whose
    hidden layer is four times as wide as its input.

    Args:
        in_features: the features of x.
        hidden_features: those between the layers; None for 4 · in_features / (parameters of an
            edge).
        out_features: the features of y; None for ``in_features``.
        dropout: probability with which hidden features are dropped in training.
        drop, act_layer, norm_layer: what timm's ``mlp_layer=`` passes. ``drop`` is ``dropout``;
            there is no activation, as every edge has its own curve; a ``norm_layer`` is refused.
        **layer: ``basis``, ``norm``, ``base``, ``bias`` … of :class:`KANLinear`.

    Shape:
        (*, in_features) → (*, out_features)

    Raises:
        ValueError: if a setting is out of its range, a ``norm_layer`` is passed, or inputs don't
            fit.

    Example:
        >>> import torch, edgewise as ew
        >>> block = ew.nn.KANFeedForward(36)
        >>> block(torch.randn(2, 10, 36)).shape, block.layers[0].out_features
        (torch.Size([2, 10, 36]), 21)
    """

    def __init__(
        self,
        in_features: int,
        hidden_features: int | None = None,
        out_features: int | None = None,
        *,
        dropout: float = 0.0,
        drop: float | None = None,
        act_layer: Any = None,
        norm_layer: None = None,
        **layer: Any,
    ) -> None:
        super().__init__()
        in_features = read_count("KANFeedForward", "in_features", in_features, 1)
        dropout = dropout if drop is None else drop
        check_numbers("KANFeedForward", greatest=1.0, dropout=dropout)
        if norm_layer is not None:
            raise ValueError(
                f"KANFeedForward expected norm_layer=None, got {norm_layer!r:.80}: layers have a "
                "normalisation of their own, norm="
            )
        layer = share_seed("KANFeedForward", layer)
        basis = resolve_basis("KANFeedForward", layer.get("basis"))
        out_features = in_features if out_features is None else out_features
        if hidden_features is None:
            each = basis.num_basis + (layer.get("base", "auto") is not None)
            hidden_features = max(1, round(4 * in_features / each))
        self.layers = nn.ModuleList(
            [
                KANLinear(in_features, hidden_features, **layer),
                KANLinear(hidden_features, out_features, **layer),
            ]
        )
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.layers[1](self.dropout(self.layers[0](x)))
        return y

    def to_config(self) -> dict[str, Any]:
        """The constructor's arguments as JSON-able data."""
        layers = [layer.to_config() for layer in self.stack()]
        return {"layers": layers, "dropout": self.dropout.p}

    def stack(self) -> list[KANLinear]:
        """The two layers, typed as KAN layers."""
        return [layer for layer in self.layers if isinstance(layer, KANLinear)]

    @classmethod
    def from_config(
        cls,
        config: dict[str, Any],
        *,
        device: Device = None,
        dtype: DType = None,
    ) -> KANFeedForward:
        """The module that :meth:`to_config` described, with weights still to be loaded."""
        first, second = (
            KANLinear.from_config(c, device=device, dtype=dtype) for c in config["layers"]
        )
        if first.out_features != second.in_features:
            raise ValueError(f"{cls.__name__} expected layers that fit, got {first} and {second}")
        made = cls(1, 1, dropout=config["dropout"], device="meta")
        made.layers = nn.ModuleList([first, second])
        return made


class KANTransformerBlock(nn.Module):
    """A pre-norm transformer block: self-attention, then a feed-forward block of KAN layers.

    .. math:: h = x + A(\\mathrm{LN}(x)), \\qquad y = h + F(\\mathrm{LN}(h))

    Args:
        features: the features of a token.
        num_heads: the heads of the attention, whose projections are linear; their number divides
            the features.
        feed_forward: F, any module from features to features; None makes a
            :class:`KANFeedForward` with the remaining arguments.
        causal: whether a token sees only those before it.
        dropout: in attention and feed-forward block, in training.
        recompute: whether to keep x alone for the backward pass and compute the block again there
            (gradient checkpointing); under ``torch.func`` it keeps what it needs instead.
        seed: of all random weights, those of the attention too: a whole number, or a generator,
            which is used up; None takes torch's global one.
        device, dtype: of the parameters, as for torch's layers.
        **layer: ``hidden_features``, ``basis``, … of :class:`KANFeedForward`.

    Shape:
        (*, tokens, features) → (*, tokens, features)

    Raises:
        ValueError: if a setting is out of its range, or inputs don't fit.

    Example:
        >>> import torch, edgewise as ew
        >>> block = ew.nn.KANTransformerBlock(32, 4, causal=True)
        >>> x = torch.randn(2, 10, 32, requires_grad=True)
        >>> block(x).shape
        torch.Size([2, 10, 32])

        torch's fused attention has no second derivative ("derivative for
        aten::_scaled_dot_product_… is not implemented"). Its formula in plain operations has one:

        >>> from torch.nn.attention import SDPBackend, sdpa_kernel
        >>> with sdpa_kernel(SDPBackend.MATH):
        ...     y = block(x).sum()
        >>> (slope,) = torch.autograd.grad(y, x, create_graph=True)
        >>> slope.square().sum().backward()
    """

    @renamed(generator="seed")
    def __init__(
        self,
        features: int,
        num_heads: int,
        feed_forward: nn.Module | None = None,
        *,
        causal: bool = False,
        dropout: float = 0.0,
        recompute: bool = False,
        seed: int | torch.Generator | None = None,
        device: Device = None,
        dtype: DType = None,
        **layer: Any,
    ) -> None:
        super().__init__()
        owner = "KANTransformerBlock"
        features = read_count(owner, "features", features, 1)
        num_heads = read_count(owner, "num_heads", num_heads, 1)
        check_numbers(owner, greatest=1.0, dropout=dropout)
        check_settings(owner, device, dtype, causal=causal, recompute=recompute)
        if features % num_heads:
            raise ValueError(f"{owner} expected num_heads to divide {features}, got {num_heads}")
        if feed_forward is not None and layer:
            raise ValueError(
                f"{owner} expected a feed_forward or its settings, got both: {', '.join(layer)}"
            )
        check_parameters(owner, 4 * features**2, device, dtype)
        kind: Any = {"device": device, "dtype": dtype}
        self.features = features
        self.num_heads = num_heads
        self.causal = causal
        self.dropout = dropout
        self.recompute = recompute
        self.norm1 = nn.LayerNorm(features, **kind)
        generator = read_seed("KANTransformerBlock", seed, self.norm1.weight.device)
        self.qkv = _make_linear(self.norm1.weight, 3 * features, generator)
        self.out = _make_linear(self.norm1.weight, features, generator)
        self.norm2 = nn.LayerNorm(features, **kind)
        if feed_forward is None:
            feed_forward = KANFeedForward(
                features, dropout=dropout, seed=generator, **layer, **kind
            )
        self.feed_forward = feed_forward

    def forward(self, x: Tensor) -> Tensor:
        check_input("KANTransformerBlock", x, self.features)
        check_dtype_of_part(x, self.qkv.weight, "KANTransformerBlock")
        if x.dim() < 2:
            raise ValueError(
                f"KANTransformerBlock expected inputs (*, tokens, features), got {tuple(x.shape)}: "
                "use x[None] for a single token"
            )
        if self.recompute and may_recompute(self):
            y: Tensor = checkpoint(self._compute, x, use_reentrant=False)
            return y
        return self._compute(x)

    def _compute(self, x: Tensor) -> Tensor:
        h = x + self._attend(self.norm1(x))
        y: Tensor = h + self.feed_forward(self.norm2(h))
        return y

    def _attend(self, x: Tensor) -> Tensor:
        heads = self.qkv(x).unflatten(-1, (3, self.num_heads, -1))
        q, k, v = (t.transpose(-3, -2) for t in heads.unbind(-3))  # (*, heads, tokens, each)
        p = self.dropout if self.training else 0.0
        mixed = F.scaled_dot_product_attention(q, k, v, dropout_p=p, is_causal=self.causal)
        y: Tensor = self.out(mixed.transpose(-3, -2).flatten(-2))
        return y

    def to_config(self) -> dict[str, Any]:
        """The constructor's arguments as JSON-able data, but not those of F."""
        names = ("features", "num_heads", "causal", "dropout", "recompute")
        return {name: getattr(self, name) for name in names}

    @classmethod
    def from_config(
        cls,
        config: dict[str, Any],
        feed_forward: nn.Module,
        *,
        device: Device = None,
        dtype: DType = None,
    ) -> KANTransformerBlock:
        """The block that :meth:`to_config` described, with weights still to be loaded."""
        return cls(**config, feed_forward=feed_forward, seed=0, device=device, dtype=dtype)


def _make_linear(like: Tensor, out_features: int, generator: torch.Generator | None) -> nn.Linear:
    """A linear layer as torch begins it, but with the generator's numbers if there is one."""
    kind: Any = {"device": like.device, "dtype": like.dtype}
    if generator is None:
        return nn.Linear(len(like), out_features, **kind)
    layer = nn.Linear(len(like), out_features, device="meta", dtype=like.dtype)
    layer.to_empty(device=like.device)
    bound = len(like) ** -0.5
    for parameter in (layer.weight, layer.bias):
        nn.init.uniform_(parameter, -bound, bound, generator=generator)
    return layer
