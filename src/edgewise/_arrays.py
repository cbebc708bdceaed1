"""Arrays of numbers, and how one is split into outer products of vectors."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def split_outer_products(core: Array, tolerance: float = 0.0) -> Iterator[list[Array]]:
    """The vectors of a few outer products that add up to an array, one list a product.

    A matrix W = Σ_r s_r u_r v_rᵀ, by its singular values, is the sum of the products of √s_r u_r
    and √s_r v_r. In an array of more axes u_r is in turn such an array of all but the last one.

    Args:
        core: an array of at least one axis.
        tolerance: singular values below this fraction of the largest are left out, and always
            those within rounding of 0.
    """
    if core.ndim == 1:
        yield [core]
        return
    u, sizes, v = np.linalg.svd(core.reshape(-1, core.shape[-1]), full_matrices=False)
    rounding = np.finfo(float).eps * max(u.shape[0], v.shape[1])
    for r in np.flatnonzero(sizes > max(tolerance, rounding) * sizes[0]):
        root = np.sqrt(sizes[r])
        for vectors in split_outer_products(root * u[:, r].reshape(core.shape[:-1]), tolerance):
            yield [*vectors, root * v[r]]
