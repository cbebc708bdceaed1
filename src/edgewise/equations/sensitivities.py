"""The derivatives of a solution by the unknown numbers of its equation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import torch
from torch import Tensor

from edgewise.equations.dense_steps import solve_columns
from edgewise.equations.least_squares import EquationFit
from edgewise.equations.pieces import Piece
from edgewise.equations.problem import EquationProblem
from edgewise.equations.space import vanish


def differentiate_pieces(problem: EquationProblem, pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The derivative of a solution by each unknown number, in the same pieces.

    R(u, θ) = 0 implies R_u ∂u/∂θ = -R_θ. In each window this is a linear problem with one
    right-hand side for each number; the initial ∂u/∂θ is the final one of the window before.
    """
    made: list[list[Piece]] = []
    before: list[Piece] | None = None
    last: Piece | None = None
    for piece in pieces:
        before = _differentiate_piece(problem, piece, last, before)
        last = piece
        made.append(before)
    return [list(own) for own in zip(*made, strict=True)]


def _differentiate_piece(
    problem: EquationProblem, piece: Piece, last: Piece | None, before: Sequence[Piece] | None
) -> list[Piece]:
    curves = piece.curves
    spaces = problem.spaces(curves, last, unknown=True)
    fit = EquationFit(problem, curves, spaces)
    parts = [
        problem.curves[f].coefs if f in problem.curves else spaces[f].project(piece.coefs[f])
        for f in problem.equation.fields
    ]
    constants = torch.tensor(list(problem.unknowns.values()), dtype=torch.float64)
    free = torch.cat([*parts, constants])
    blocks, _ = fit.linearise(free)
    solved = [f for f in problem.equation.fields if f not in problem.curves]
    told = [block.of(problem.curves) for block in blocks]
    numbers = sum(len(curve.coefs) for curve in problem.curves.values())
    units = torch.eye(numbers, dtype=torch.float64)
    columns = [torch.cat([block.apply(unit) for block in told]) for unit in units]
    right = torch.cat([*(c[:, None] for c in columns), fit.by_unknowns(free)], 1)
    lifts = [
        {f: torch.zeros_like(piece.coefs[f]) for f in solved}
        if before is None
        else {f: _lift(problem, f, piece, last, own) for f in solved}
        for own in (before or [piece] * right.shape[1])
    ]
    if before is not None:
        right = right + torch.stack([fit.change(free, lift) for lift in lifts], 1)
    steps = -solve_columns([block.of(solved) for block in blocks], fit.axis, right)
    made = []
    for column, lift in zip(steps.t(), lifts, strict=True):
        parts = column.split([spaces[f].shape.numel() for f in solved])
        coefs = {
            f: spaces[f].combine(part) + lift[f] for f, part in zip(solved, parts, strict=True)
        }
        made.append(Piece(curves, coefs, piece.shape_curves))
    return made


def _lift(
    problem: EquationProblem, name: str, piece: Piece, last: Piece | None, before: Piece
) -> Tensor:
    """The change of the coefficients caused by changed values at the start of a window."""
    changed = []
    for f in problem.bare_functionals(name, last):
        if f.axis == problem.time:
            (order,) = f.terms
            changed.append(replace(f, value=before.face(name, f.axis, order)))
        else:
            changed.append(replace(f, value=vanish))
    return problem.build_space(piece.curves, changed).lift
