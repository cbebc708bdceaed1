"""Replace the parts of a formula that have no input by numbers (constant folding)."""

from __future__ import annotations

import numpy as np

from edgewise.formula.expression import Expression, Number
from edgewise.formula.program import Program


def fold_constants(tree: Expression) -> Expression:
    """The formula with its parts without inputs as numbers."""

    def fold(node: Expression) -> Expression | None:
        if node.inputs or isinstance(node, Number):
            return None
        return Number(float(Program(node).values(np.zeros((1, 1)))[0]))

    return tree.replace(fold)
