"""Which features of x a network reads."""

import copy

import pytest
import torch

from edgewise.nn.selection import Selection


def test_all_features_pass_as_they_are():
    x = torch.rand(3, 4)
    every = Selection("It", 4)
    assert every(x) is x
    assert (every.inputs, every.in_features) == (None, 4)


def test_some_features_in_their_own_order():
    x = torch.rand(2, 3, 5)
    some = Selection("It", 2, [4, 0], 5)
    assert torch.equal(some(x), torch.stack([x[..., 4], x[..., 0]], -1))
    assert not some.state_dict()
    assert torch.equal(copy.deepcopy(some)(x), some(x))
    assert some.to("meta")(x.to("meta")).shape == (*x.shape[:-1], 2)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: Selection("It", 2, [0], 5), "It expected to read 2 of the features 0 … 4, got"),
        (lambda: Selection("It", 2, [0, 5], 5), r"got \[0, 5\]"),
        (lambda: Selection("It", 2, [0, 1], 5)(torch.rand(3, 2)), "last dimension 5, got shape"),
        (lambda: Selection("It", 2)(torch.rand(3, 3)), "It expected inputs with last dimension 2"),
    ],
)
def test_what_does_not_fit_is_said(call, message):
    with pytest.raises(ValueError, match=message):
        call()
