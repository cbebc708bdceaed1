"""Multi-head attention whose projections are KAN layers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from edgewise._checks import check_flags, read_count
from edgewise._tensors import Device, DType
from edgewise.bases import Basis, Gaussian
from edgewise.engines.activation import BaseActivation
from edgewise.interop.formats import recognize
from edgewise.models.adopt import adopt_attention, replace_keys
from edgewise.nn.arguments import read_seed, renamed
from edgewise.nn.linear import KANLinear


class KANAttention(nn.Module):
    """Multi-head attention with KAN layers for the query, key, value, gate and output projections.

    .. math:: y = O\\big(σ(G(q)) ⊙ h(softmax(Q(q) K(k)^T / \\sqrt{d}) V(v))\\big)

    With the defaults this is fast-kan's ``AttentionWithFastKANTransform``, number for number; that
    program adds ``bias`` to the attention weights *after* the softmax. ``bias_before_softmax=True``
    adds it to the logits instead, where a bias of -inf masks a key.

    Args:
        q_dim, k_dim, v_dim: features of queries, keys and values; the output has ``q_dim``.
        head_dim, num_heads: size and number of the heads.
        gating: whether the heads' output is gated by a sigmoid of the query.
        basis, norm, base: as in :class:`KANLinear`; the defaults are fast-kan's.
        bias_before_softmax: where ``bias`` is added.
        engine, seed, device, dtype: as in :class:`KANLinear`.

    Shape:
        q: (*, Q, q_dim), k: (*, K, k_dim), v: (*, K, v_dim), bias: (*, Q, K) → (*, Q, q_dim)

    Raises:
        ValueError: if a size is not positive, or inputs don't fit.
        TypeError: when called with what is no tensor of floating-point numbers.

    Example:
        >>> import torch, edgewise as ew
        >>> attend = ew.presets.KANAttention(
        ...     8, 6, 6, head_dim=4, num_heads=2, bias_before_softmax=True
        ... )
        >>> q, k, mask = torch.randn(3, 8), torch.randn(5, 6), torch.zeros(3, 5)
        >>> mask[:, 2:] = -torch.inf  # the last keys are not there
        >>> y = attend(q, k, k, mask)
        >>> y.shape, torch.allclose(y, attend(q, k[:2], k[:2]), atol=1e-5)
        (torch.Size([3, 8]), True)

    Reference: Li, *Kolmogorov-Arnold Networks are Radial Basis Function Networks*,
    arXiv:2405.06721.
    """

    @renamed(generator="seed")
    def __init__(
        self,
        q_dim: int,
        k_dim: int,
        v_dim: int,
        head_dim: int,
        num_heads: int,
        gating: bool = True,
        *,
        basis: Basis | None = None,
        norm: str | None = "layer",
        base: BaseActivation = "silu",
        bias_before_softmax: bool = False,
        engine: str | None = None,
        seed: int | torch.Generator | None = None,
        device: Device = None,
        dtype: DType = None,
    ) -> None:
        super().__init__()
        head_dim = read_count("KANAttention", "head_dim", head_dim, 1)
        num_heads = read_count("KANAttention", "num_heads", num_heads, 1)
        check_flags("KANAttention", gating=gating, bias_before_softmax=bias_before_softmax)
        basis = Gaussian() if basis is None else basis
        seed = read_seed("KANAttention", seed, device)

        def projection(in_features: int, out_features: int) -> KANLinear:
            return KANLinear(
                in_features,
                out_features,
                basis=basis,
                norm=norm,
                base=base,
                engine=engine,
                seed=seed,
                device=device,
                dtype=dtype,
            )

        total = head_dim * num_heads
        self.num_heads = num_heads
        self.scale = head_dim**-0.5
        self.bias_before_softmax = bias_before_softmax
        self.linear_q = projection(q_dim, total)
        self.linear_k = projection(k_dim, total)
        self.linear_v = projection(v_dim, total)
        self.linear_o = projection(total, q_dim)
        self.linear_g = projection(q_dim, total) if gating else None

    def forward(self, q: Tensor, k: Tensor, v: Tensor, bias: Tensor | None = None) -> Tensor:
        self._check(q, k, v, bias)
        logits = self._heads(self.linear_q(q)) @ self._heads(self.linear_k(k)).mT * self.scale
        shift = None if bias is None else bias.unsqueeze(-3)  # the same for every head
        if shift is not None and self.bias_before_softmax:
            logits = logits + shift
        weights = logits.softmax(-1)
        if shift is not None and not self.bias_before_softmax:
            weights = weights + shift
        mixed = (weights @ self._heads(self.linear_v(v))).transpose(-2, -3).flatten(-2)
        if self.linear_g is not None:
            mixed = torch.sigmoid(self.linear_g(q)) * mixed
        out: Tensor = self.linear_o(mixed)
        return out

    def _load_from_state_dict(self, state_dict: Any, prefix: str, *args: Any) -> None:
        replace_keys(state_dict, prefix, self._read_foreign)
        super()._load_from_state_dict(state_dict, prefix, *args)

    def _read_foreign(self, state: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Take the weights of fast-kan's attention; None if the state dict is ours."""
        if "fast-kan" not in recognize(state):
            return None
        adopt_attention(self.projections(), state)
        return self.state_dict()

    def projections(self) -> dict[str, KANLinear]:
        """The layers by the beginnings of their keys in a state dict."""
        children = self.named_children()
        return {f"{name}.": layer for name, layer in children if isinstance(layer, KANLinear)}

    def to_config(self) -> dict[str, Any]:
        """The constructor's arguments as JSON-able data."""
        return {
            "num_heads": self.num_heads,
            "bias_before_softmax": self.bias_before_softmax,
            "layers": {key: layer.to_config() for key, layer in self.projections().items()},
        }

    @classmethod
    def from_config(
        cls,
        config: dict[str, Any],
        *,
        device: Device = None,
        dtype: DType = None,
    ) -> KANAttention:
        """The module that :meth:`to_config` described, with weights still to be loaded."""
        layers = {
            key: KANLinear.from_config(c, device=device, dtype=dtype)
            for key, c in config["layers"].items()
        }
        q, k, v, o = (layers[f"linear_{name}."] for name in "qkvo")
        total, heads = q.out_features, config["num_heads"]
        gate = layers.get("linear_g.")
        sizes = [k.out_features, v.out_features, o.in_features]
        sizes += [] if gate is None else [gate.out_features]
        if set(sizes) != {total} or total % heads or len(layers) != 4 + (gate is not None):
            raise ValueError(f"KANAttention expected projections that fit, got {layers}")
        made = cls(
            *(q.in_features, k.in_features, v.in_features, total // heads, heads),
            gating=gate is not None,
            bias_before_softmax=config["bias_before_softmax"],
            device="meta",
        )
        for key, layer in layers.items():
            setattr(made, key.rstrip("."), layer)
        return made

    def _check(self, q: Tensor, k: Tensor, v: Tensor, bias: Tensor | None) -> None:
        """Raise unless these fit each other; the layers check the features of each."""
        for name, t in (("q", q), ("k", k), ("v", v), ("bias", bias)):
            wanted = t is not None or name != "bias"
            if wanted and not (isinstance(t, Tensor) and t.dim() >= 2):
                got = tuple(t.shape) if isinstance(t, Tensor) else type(t).__name__
                raise TypeError(
                    f"KANAttention expected {name} as a tensor of shape (*, tokens, …), got {got}"
                )
        lead = (q.shape[:-2], k.shape[:-2])
        weights = (q.shape[-2], k.shape[-2])
        fits = k.shape[:-1] == v.shape[:-1] and _broadcasts(*lead)
        if bias is not None and fits:
            fits = _broadcasts(bias.shape, (*torch.broadcast_shapes(*lead), *weights))
        if not fits:
            shapes = ", ".join(str(tuple(t.shape)) for t in (q, k, v, bias) if t is not None)
            raise ValueError(
                "KANAttention expected q (*, Q, …), k and v (*, K, …) and bias (*, Q, K), got "
                f"{shapes}"
            )

    def _heads(self, x: Tensor) -> Tensor:
        """(*, tokens, heads · d) → (*, heads, tokens, d)."""
        return x.unflatten(-1, (self.num_heads, -1)).transpose(-2, -3)


def _broadcasts(a: Sequence[int], b: Sequence[int]) -> bool:
    """Whether tensors of these shapes may be added."""
    pairs = zip(reversed(a), reversed(b), strict=False)
    return all(m == n or 1 in (m, n) for m, n in pairs)
