"""Jets: a tensor that carries its partial derivatives by the coordinates of points.

A differential equation asks a network for u, ∂u/∂x, ∂²u/∂x², …. Jets go through a network
forwards, each layer making the derivatives of its outputs out of those of its inputs, which takes a
fraction of what repeated automatic differentiation takes. Torch's functions, given :class:`Jets`,
compute with them, so that a module of sums, products and smooth functions needs no change.

Reference: Griewank and Walther, *Evaluating derivatives* (2008), chapter 13.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import torch
from torch import Tensor

from edgewise._tensors import is_batched_gradient, map_gradients
from edgewise.bases.derivative_orders import Orders
from edgewise.bases.differentiate import differentiate, differentiate_function
from edgewise.bases.operand import check_usual

Family = Callable[[Tensor, int], Tensor]
"""(z, order) → functions of z and their derivatives, (order + 1, *shape of z, functions)."""


def _compose(parts: Tensor, family: Family, orders: Orders, trained: bool) -> Tensor:
    """Faà di Bruno's formula; (indices, *shape) → (indices, *shape, functions)."""
    if torch.is_grad_enabled() and parts.requires_grad and not trained:
        made: Tensor = _Composed.apply(parts, family, orders)
        return made
    return _combine(parts, family(parts[0], orders.order), orders)


def _combine(parts: Tensor, curves: Tensor, orders: Orders) -> Tensor:
    h, made = parts[..., None], []
    for terms in orders.compositions:
        total: Any = None
        for n, k, factors in terms:
            term = curves[k] if n == 1 else curves[k] * n
            if factors:
                term = term * reduce(torch.mul, [h[place] for place in factors])
            total = term if total is None else total + term
        made.append(total)
    return torch.stack(made)


class _Composed(torch.autograd.Function):
    """φ of jets; the slope of φ⁽ᵏ⁾ is φ⁽ᵏ⁺¹⁾, so one more order serves the way back."""

    @staticmethod
    def forward(ctx: Any, parts: Tensor, family: Family, orders: Orders) -> Tensor:
        curves = family(parts[0].detach(), orders.order + 1)
        ctx.save_for_backward(parts, curves)
        ctx.family, ctx.orders = family, orders
        return _combine(parts.detach(), curves, orders)

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        (grad,) = grads
        if is_batched_gradient(grad):
            return map_gradients(lambda one: [_Composed._slope(ctx, one)], grad)[0], None, None
        return _Composed._slope(ctx, grad), None, None

    @staticmethod
    def _slope(ctx: Any, grad: Tensor) -> Tensor:
        parts, curves = ctx.saved_tensors
        orders = ctx.orders
        if torch.is_grad_enabled():  # for a gradient of gradients
            again = differentiate(ctx.family, parts[0], orders.order)
            values = _combine(parts, again, orders)
            return torch.autograd.grad(values, parts, grad, create_graph=True)[0]
        # Of every index and every order of φ: Σ over functions of gradient times derivative.
        pairs = torch.einsum("a...g,k...g->ak...", grad, curves)
        made = grad.new_zeros(parts.shape)  # a batch where the gradient is one, inside vmap
        for a, terms in enumerate(orders.compositions):
            for n, k, factors in terms:
                made[0] += _times(pairs[a, k + 1] * n, parts, factors)
                for place, factor in enumerate(factors):
                    others = factors[:place] + factors[place + 1 :]
                    made[factor] += _times(pairs[a, k] * n, parts, others)
        return made


def _times(value: Tensor, parts: Tensor, places: Sequence[int]) -> Tensor:
    for place in places:
        value = value * parts[place]
    return value


_UNKNOWN = (
    "expected functions whose derivatives are known, got {}: jets go through sums, products, "
    "linear maps and smooth functions such as tanh"
)
ELEMENTWISE = {
    **{name: name for name in ("abs", "asinh", "atan", "cos", "erf", "exp", "gelu")},
    **{name: name for name in ("log", "relu")},
    **{name: name for name in ("rsqrt", "sigmoid", "silu", "sin", "softplus", "sqrt", "tanh")},
    "reciprocal": "inverse",
}
"""Functions of one variable that jets know, by torch's names."""


class Jets:
    """Values and partial derivatives of a tensor, one beside another.

    Attributes:
        parts: for each index of ``orders`` the derivatives, the first the values.
        orders: which derivatives these are.

    Shape:
        parts: (len(orders), *shape)
    """

    def __init__(self, parts: Tensor, orders: Orders) -> None:
        self.parts, self.orders = parts, orders

    @staticmethod
    def begin(x: Tensor, orders: Orders) -> Jets:
        """Points: the derivative of each coordinate by itself is 1.

        Shape:
            x: (*, coordinates)
        """
        if x.shape[-1:] != (orders.coordinates,):
            raise ValueError(
                f"expected points of {orders.coordinates} coordinates, got shape {tuple(x.shape)}: "
                "pass a column for each coordinate"
            )
        parts = x.new_zeros(len(orders), *x.shape)
        parts[0] = x
        for k, index in enumerate(orders.indices):
            if sum(index) == 1:
                parts[k, ..., index.index(1)] = 1
        return Jets(parts, orders)

    # What a tensor answers, too.

    @property
    def shape(self) -> torch.Size:
        return self.parts.shape[1:]

    @property
    def dtype(self) -> torch.dtype:
        return self.parts.dtype

    @property
    def device(self) -> torch.device:
        return self.parts.device

    @property
    def requires_grad(self) -> bool:
        return self.parts.requires_grad

    @property
    def ndim(self) -> int:
        return self.parts.dim() - 1

    @property
    def layout(self) -> torch.layout:
        return self.parts.layout

    def is_floating_point(self) -> bool:
        return self.parts.is_floating_point()

    def dim(self) -> int:
        return self.parts.dim() - 1

    def size(self, dim: int) -> int:
        return self.shape[dim]

    def numel(self) -> int:
        return self.shape.numel()

    def __len__(self) -> int:
        return len(self.parts[0])

    # Derivatives.

    @property
    def value(self) -> Tensor:
        """The tensor itself."""
        return self.parts[0]

    def derivative(self, *index: int) -> Tensor:
        """A partial derivative: ``derivative(2, 0)`` is ∂²/∂x².

        Raises:
            ValueError: if these jets don't carry it.
        """
        if index not in self.orders.place:
            raise ValueError(
                f"expected one of the derivatives {list(self.orders.indices)}, got {index}: ask "
                "for it when the jets are made"
            )
        return self.parts[self.orders.place[index]]

    # Arithmetic.

    def linear(self, function: Callable[[Tensor], Tensor]) -> Jets:
        """A linear function of the tensor, which derivatives go through one by one."""
        return Jets(torch.stack([function(part) for part in self.parts]), self.orders)

    def compose(self, family: Family, trained: bool = False) -> Jets:
        """Several functions φ of these jets, which autograd differentiates.

        Args:
            family: (z, order) → φ(z), φ'(z), … of shape (order + 1, *shape, functions).
            trained: whether φ depends on tensors that have a gradient, too.

        Shape:
            shape → (*shape, functions)
        """
        return Jets(_compose(self.parts, family, self.orders, trained), self.orders)

    def apply(self, name: str) -> Jets:
        """A function of one variable by torch's name for it, such as "tanh"."""

        def family(z: Tensor, order: int) -> Tensor:
            return differentiate_function(name, z, order)[..., None]

        return self.compose(family)[..., 0]

    def __add__(self, other: Any) -> Jets:
        if isinstance(other, Jets):
            return Jets(self.parts + other.parts, self.orders)
        value = self.value + other
        rest = self.parts[1:].expand(-1, *value.shape)
        return Jets(torch.cat([value[None], rest]), self.orders)

    def __mul__(self, other: Any) -> Jets:
        if not isinstance(other, Jets):
            return Jets(self.parts * other, self.orders)
        made: list[Any] = []
        for terms in self.orders.products:
            made.append(sum(self.parts[i] * other.parts[j] * n for n, i, j in terms))
        return Jets(torch.stack(made), self.orders)

    def __neg__(self) -> Jets:
        return Jets(-self.parts, self.orders)

    def __sub__(self, other: Any) -> Jets:
        return self + -other

    def __rsub__(self, other: Any) -> Jets:
        return -self + other

    def __truediv__(self, other: Any) -> Jets:
        return self * (other.apply("inverse") if isinstance(other, Jets) else 1 / other)

    def __rtruediv__(self, other: Any) -> Jets:
        return self.apply("inverse") * other

    def __pow__(self, exponent: int) -> Jets:
        if not isinstance(exponent, int) or exponent < 1:
            raise TypeError(f"expected jets to a whole power from 1 on, got {exponent!r}")
        return self if exponent == 1 else self * self ** (exponent - 1)

    def __matmul__(self, other: Tensor) -> Jets:
        return Jets(self.parts @ other, self.orders)

    __radd__ = __add__
    __rmul__ = __mul__

    # Shapes.

    def __getitem__(self, index: Any) -> Jets:
        places = (slice(None), *index) if isinstance(index, tuple) else (slice(None), index)
        return Jets(self.parts[places], self.orders)

    def unflatten(self, dim: int, sizes: Sequence[int]) -> Jets:
        return Jets(self.parts.unflatten(_inner(dim), list(sizes)), self.orders)

    def flatten(self, start: int, end: int = -1) -> Jets:
        return Jets(self.parts.flatten(_inner(start), _inner(end)), self.orders)

    def unbind(self, dim: int = 0) -> list[Jets]:
        return [Jets(part, self.orders) for part in self.parts.unbind(_inner(dim))]

    def index_select(self, dim: int, index: Tensor) -> Jets:
        return Jets(self.parts.index_select(_inner(dim), index), self.orders)

    def mean(self, dim: int, keepdim: bool = False) -> Jets:
        return Jets(self.parts.mean(_inner(dim), keepdim), self.orders)

    def sum(self, dim: int, keepdim: bool = False) -> Jets:
        return Jets(self.parts.sum(_inner(dim), keepdim), self.orders)

    def contiguous(self) -> Jets:
        return self

    def square(self) -> Jets:
        return self * self

    def to(self, *args: Any, **settings: Any) -> Jets:
        return Jets(self.parts.to(*args, **settings), self.orders)

    def detach(self) -> Jets:
        return Jets(self.parts.detach(), self.orders)

    @classmethod
    def __torch_function__(
        cls, func: Any, types: Any, args: Sequence[Any] = (), kwargs: Any = None
    ) -> Any:
        name = func.__name__.strip("_")
        settings = kwargs or {}
        if name in _FUNCTIONS:
            return _FUNCTIONS[name](*args, **settings)
        if isinstance(args[0], Jets) and name in ELEMENTWISE:
            if len(args) - 1 > check_usual(name, args[1:], settings):
                raise TypeError(f"expected {name} of one argument, got {len(args)}")
            return args[0].apply(ELEMENTWISE[name])
        raise TypeError(_UNKNOWN.format(name))

    def __getattr__(self, name: str) -> Any:
        if name in ELEMENTWISE:
            return lambda: self.apply(ELEMENTWISE[name])
        raise AttributeError(_UNKNOWN.format(name))


def _inner(dim: int) -> int:
    """The dimension of the parts that is this dimension of the tensor."""
    return dim if dim < 0 else dim + 1


def _linear(x: Jets, weight: Tensor, bias: Tensor | None = None) -> Jets:
    parts = x.parts @ weight.t()
    if bias is not None:  # of the values: added with zeros for the rest, in one pass
        rest = bias.new_zeros(len(parts) - 1, *bias.shape)
        parts = parts + torch.cat([bias[None], rest]).view(-1, *(1 for _ in x.shape[1:]), len(bias))
    return Jets(parts, x.orders)


def _layer_norm(
    x: Jets, shape: Sequence[int], weight: Any = None, bias: Any = None, eps: float = 1e-5
) -> Jets:
    """(x - mean) / √(variance + eps) · weight + bias, over the last dimension."""
    if len(shape) != 1:
        raise TypeError(f"expected a LayerNorm of the last dimension, got shape {tuple(shape)}")
    centred = x - x.mean(-1, keepdim=True)
    y = centred * ((centred * centred).mean(-1, keepdim=True) + eps).apply("rsqrt")
    y = y if weight is None else y * weight
    return y if bias is None else y + bias


def _batch_norm(
    x: Jets,
    mean: Tensor,
    variance: Tensor,
    weight: Any = None,
    bias: Any = None,
    training: bool = False,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Jets:
    """(x - mean) / √(variance + eps) · weight + bias, by what training rows had."""
    if training or len(x.shape) != 2:
        raise ValueError(
            f"expected batch normalisation of rows in evaluation mode, got {len(x.shape)} "
            f"dimensions and training={training}: call model.eval() first"
        )
    y = (x - mean) * (variance + eps).rsqrt()
    y = y if weight is None else y * weight
    return y if bias is None else y + bias


def _cat(parts: Sequence[Any], dim: int = 0) -> Jets:
    orders = next(p.orders for p in parts if isinstance(p, Jets))
    return Jets(torch.cat([p.parts for p in parts], _inner(dim)), orders)


def _stack(parts: Sequence[Any], dim: int = 0) -> Jets:
    return Jets(torch.stack([p.parts for p in parts], _inner(dim)), parts[0].orders)


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "linear": _linear,
    "layer_norm": _layer_norm,
    "batch_norm": _batch_norm,
    "cat": _cat,
    "stack": _stack,
    "add": lambda a, b: b + a if isinstance(b, Jets) else a + b,
    "sub": lambda a, b: a - b if isinstance(a, Jets) else -b + a,
    "mul": lambda a, b: b * a if isinstance(b, Jets) else a * b,
    "multiply": lambda a, b: b * a if isinstance(b, Jets) else a * b,
    "div": lambda a, b: a / b if isinstance(a, Jets) else b.apply("inverse") * a,
    "neg": lambda a: -a,
    "square": lambda a: a * a,
    "addcmul": lambda a, b, c, value=1: b * c * value + a,
    "dropout": lambda x, p=0.5, training=True, inplace=False: _refuse_dropout(x, p, training),
}
"""Functions of several arguments, and those that aren't elementwise, by torch's names."""


def _refuse_dropout(x: Jets, p: float, training: bool) -> Jets:
    if training and p:
        raise ValueError("expected a model without dropout: call model.eval() first")
    return x
