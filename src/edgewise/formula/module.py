"""`FormulaModule`: a formula as a torch module whose parameters are its free numbers."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from edgewise.formula.expression import Expression
from edgewise.formula.program import TORCH, Program


class FormulaModule(nn.Module):
    """A formula as a module; free numbers are parameters, exact ones are constants.

    Outside a function's domain the value is NaN. Second derivatives exist, except for users'
    functions without a gradient in torch.

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
        self._program = Program(tree)
        values = [n.value for n in tree.numbers() if n.exact is None]
        self.numbers = nn.Parameter(torch.tensor(values, dtype=torch.float64))

    def forward(self, x: Tensor) -> Tensor:
        needed = max(self.tree.inputs, default=-1) + 1
        if x.is_complex() or x.dim() == 0 or x.shape[-1] < needed:
            raise ValueError(
                f"FormulaModule expected real numbers of shape (*, in) with at least {needed} "
                f"columns, got {x.dtype} of shape {tuple(x.shape)}: pass all columns"
            )
        x = x if x.is_floating_point() else x.to(self.numbers.dtype)
        free = iter(self.numbers.unbind())
        numbers = [
            next(free) if n.exact is None else torch.tensor(n.value, dtype=x.dtype, device=x.device)
            for n in self.tree.numbers()
        ]
        value: Tensor = self._program.run(x, numbers, TORCH)[-1]
        return value.to(x.dtype).expand(x.shape[:-1])

    def extra_repr(self) -> str:
        return repr(self.tree)
