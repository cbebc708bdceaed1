"""An array is the sum of the outer products into which it is split."""

from functools import reduce

import numpy as np
import pytest

from edgewise._arrays import split_outer_products


@pytest.mark.parametrize("shape", [(4,), (3, 5), (5, 3), (3, 4, 2), (2, 3, 2, 4)])
def test_the_products_add_up(shape):
    core = np.random.default_rng(0).normal(size=shape)
    products = [reduce(np.multiply.outer, vectors) for vectors in split_outer_products(core)]
    np.testing.assert_allclose(sum(products), core, rtol=0, atol=1e-14)


def test_an_array_of_low_rank_has_few_products():
    a, b, c = np.random.default_rng(1).normal(size=(3, 2, 6))
    core = np.einsum("ri,rj,rk->ijk", a, b, c)
    # Two for each of the two singular vectors of the last axis.
    assert len(list(split_outer_products(core, 1e-12))) <= 4
    assert len(list(split_outer_products(np.multiply.outer(a[0], b[0])))) == 1


def test_small_products_are_left_out():
    core = np.diag([1.0, 1e-6])
    assert len(list(split_outer_products(core))) == 2
    assert len(list(split_outer_products(core, 1e-5))) == 1


def test_an_array_of_zeros_has_none():
    assert list(split_outer_products(np.zeros((3, 2)))) == []
