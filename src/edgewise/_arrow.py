"""Normal equations whose matrix is an arrow: unknowns of each part of the rows, and shared ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from edgewise._arrays import Array

TINY = 1e-13
"""The damping under which a covariance is found: unknowns that no row determines get large ones."""


@dataclass(frozen=True, eq=False)
class Arrow:
    """JᵀJ and Jᵀt of rows in parts, each part with unknowns of its own beside those of all.

    .. math:: \\begin{pmatrix} D_1 & & B_1 \\\\ & \\ddots & \\vdots \\\\ B_1^T & \\dots & S
              \\end{pmatrix}

    Attributes:
        own: D, the block of each part.
        between: B, its products with the shared unknowns.
        shared: S.
        own_right, shared_right: of Jᵀt.

    Shape:
        own: (parts, o, o); between: (parts, o, s); shared: (s, s); own_right: (parts, o);
        shared_right: (s,)
    """

    own: Array
    between: Array
    shared: Array
    own_right: Array
    shared_right: Array

    @property
    def is_finite(self) -> bool:
        return bool(np.isfinite(self.own).all() and np.isfinite(self.shared).all())

    def solve(self, damping: float) -> tuple[Array, Array] | None:
        """Levenberg and Marquardt's step, the parts' unknowns and the shared; None if singular."""
        own, shared = self._damp(damping)
        scale = self._scale()
        both = np.concatenate([self.between, self.own_right[:, :, None]], axis=2)
        try:
            solved = np.linalg.solve(own, both)
            joint = (self.between.transpose(0, 2, 1) @ solved).sum(0)
            left, right = shared - joint[:, :-1], self.shared_right - joint[:, -1]
            inverse = np.linalg.pinv(left / scale / scale[:, None], rcond=1e-14)
        except np.linalg.LinAlgError:
            return None
        move = inverse @ (right / scale) / scale
        return solved[:, :, -1] - solved[:, :, :-1] @ move, move

    def gain(self, step: tuple[Array, Array]) -> float:
        """The decrease of the sum of squares that the linear model predicts for a step."""
        return float((self.own_right * step[0]).sum() + self.shared_right @ step[1])

    def covariance(self) -> tuple[Array, Array]:
        """The inverse's blocks on the diagonal, (parts, o, o) and (s, s).

        Raises:
            LinAlgError: if the matrix is singular.
        """
        own, shared = self._damp(TINY)
        blocks = np.linalg.inv(own)
        across = blocks @ self.between
        left = shared - (self.between.transpose(0, 2, 1) @ across).sum(0)
        scale = self._scale()
        joint = np.linalg.inv(left / scale / scale[:, None]) / scale / scale[:, None]
        return blocks + across @ joint @ across.transpose(0, 2, 1), joint

    def _damp(self, damping: float) -> tuple[Array, Array]:
        """D and S, a little more on their diagonals, also where these are 0."""
        diagonals = np.einsum("pii->pi", self.own), np.diag(self.shared)
        more = [damping * np.where(each > 0, each, 1.0) for each in diagonals]
        own = self.own + more[0][:, :, None] * np.eye(self.own.shape[1])
        return own, self.shared + np.diag(more[1])

    def _scale(self) -> Array:
        """The lengths of the shared unknowns' columns; 1 for columns of zeros."""
        squares = np.diag(self.shared)
        return np.asarray(np.sqrt(np.where(squares > 0, squares, 1.0)))
