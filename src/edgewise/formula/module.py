"""A formula as a torch module that computes it as it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import torch
from torch import Tensor, nn

from edgewise.formula.expression import (
    Apply,
    Expression,
    Input,
    Number,
    Power,
    Product,
    Sum,
)
from edgewise.formula.library import LIBRARY

TORCH: dict[str, Callable[[Tensor], Tensor]] = {
    "exp": torch.exp,
    "log": torch.log,
    "sin": torch.sin,
    "cos": torch.cos,
    "tan": torch.tan,
    "tanh": torch.tanh,
    "sinh": torch.sinh,
    "cosh": torch.cosh,
    "arcsin": torch.asin,
    "arccos": torch.acos,
    "arctan": torch.atan,
    "arctanh": torch.atanh,
    "arcsinh": torch.asinh,
    "abs": torch.abs,
    "sign": lambda u: torch.where(u.isnan(), u, torch.sign(u)),
    "gaussian": lambda u: torch.exp(-u * u),
    "lorentzian": lambda u: 1 / (1 + u * u),
}
"""The library's functions, NaN where they aren't defined."""


class FormulaModule(nn.Module):
    """A formula, its free numbers parameters and its exact ones constants.

    Outside of a function's domain the value is NaN; everything can be differentiated twice, but
    for functions of users that torch doesn't differentiate.

    Args:
        tree: the formula.

    Attributes:
        numbers: (free,), float64; the numbers that aren't exact, in the order of
            :meth:`.Expression.numbers`.

    Shape:
        (*, in) → (*,)

    Example:
        >>> import torch
        >>> from edgewise.formula.expression import Input, free, multiply
        >>> from edgewise.formula.module import FormulaModule
        >>> module = FormulaModule(multiply(free(2.5), Input(0)))
        >>> module(torch.tensor([[2.0], [4.0]])).tolist()
        [5.0, 10.0]
    """

    numbers: nn.Parameter

    def __init__(self, tree: Expression) -> None:
        super().__init__()
        self.tree = tree
        values = [n.value for n in tree.numbers() if n.exact is None]
        self.numbers = nn.Parameter(torch.tensor(values, dtype=torch.float64))

    def fitted_tree(self) -> Expression:
        """The formula with the values that its numbers have now."""
        values = iter(self.numbers.detach().tolist())
        return self.tree.with_numbers(
            [n if n.exact is not None else Number(next(values)) for n in self.tree.numbers()]
        )

    def forward(self, x: Tensor) -> Tensor:
        needed = max(self.tree.inputs, default=-1) + 1
        if x.is_complex() or x.dim() == 0 or x.shape[-1] < needed:
            raise ValueError(
                f"FormulaModule expected real numbers of shape (*, in) with at least {needed} "
                f"columns, got {x.dtype} of shape {tuple(x.shape)}: pass all columns"
            )
        x = x if x.is_floating_point() else x.to(self.numbers.dtype)
        value = _evaluate(self.tree, x, iter(self.numbers.unbind()))
        return value.to(x.dtype).expand(x.shape[:-1])

    def extra_repr(self) -> str:
        return repr(self.tree)


def _evaluate(node: Expression, x: Tensor, free: Iterator[Tensor]) -> Tensor:
    """Parts from left to right, as :meth:`.Expression.numbers` has them."""
    if isinstance(node, Number):
        if node.exact is None:
            return next(free)
        return torch.tensor(node.value, dtype=x.dtype, device=x.device)
    if isinstance(node, Input):
        return x[..., node.index]
    parts = [_evaluate(p, x, free) for p in node.parts]
    if isinstance(node, Sum):
        return sum(parts[1:], parts[0])
    if isinstance(node, Product):
        value = parts[0]
        for part in parts[1:]:
            value = value * part
        return value
    if isinstance(node, Power):
        exponent = node.exponent
        if isinstance(exponent, Number) and exponent.exact is not None:
            return torch.pow(parts[0], exponent.value)
        return torch.pow(parts[0], parts[1])
    if not isinstance(node, Apply):
        raise TypeError(f"expected a node of a formula, got {type(node).__name__}")
    function = node.function
    if function.name in TORCH and LIBRARY.get(function.name) is function:
        return TORCH[function.name](parts[0])
    if function.tree is not None:
        inside = [n.value for n in function.numbers if n.exact is None]
        numbers = iter(torch.tensor(inside, dtype=x.dtype, device=x.device).unbind())
        return _evaluate(function.tree, parts[0][..., None], numbers)
    return torch.where(function.is_defined(parts[0], 1e-12), function(parts[0]), torch.nan)
