"""Two variables that occur together only: x_i x_j, x_i / x_j, x_i - x_j, x_i + x_j as a new one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Operation:
    """How two variables make a new one."""

    name: str
    apply: Callable[[Tensor, Tensor], Tensor]

    def usable(self, a: Tensor, b: Tensor) -> bool:
        """Whether the result is finite and of moderate size on these data."""
        u = self.apply(a, b)
        if not bool(u.isfinite().all()):
            return False
        return self.name != "/" or bool((b.abs() > 1e-3 * b.abs().amax()).all())


OPERATIONS = (
    Operation("*", lambda a, b: a * b),
    Operation("/", lambda a, b: a / b),
    Operation("-", lambda a, b: a - b),
    Operation("+", lambda a, b: a + b),
)


@dataclass(frozen=True)
class Group:
    """A new variable out of two; i and j count the inputs first, then earlier groups."""

    operation: Operation
    i: int
    j: int

    def column(self, x: Tensor) -> Tensor:
        """Its values; x has all variables before it."""
        return self.operation.apply(x[:, self.i], x[:, self.j])


def with_groups(x: Tensor, groups: list[Group]) -> Tensor:
    """The inputs and then the groups; (rows, in) → (rows, in + groups)."""
    for group in groups:
        x = torch.cat([x, group.column(x)[:, None]], 1)
    return x


def possible(x: Tensor, used: list[Group]) -> list[Group]:
    """The groups of two of these variables that data permits and that aren't there yet."""
    found = []
    count = x.shape[1]
    for i in range(count):
        for j in range(count):
            for operation in OPERATIONS:
                if (operation.name != "/" and i > j) or i == j:
                    continue
                if operation.name == "/" and i > j and operation.usable(x[:, j], x[:, i]):
                    continue  # a curve of the inverse ratio says the same
                group = Group(operation, i, j)
                if group not in used and operation.usable(x[:, i], x[:, j]):
                    found.append(group)
    return found
