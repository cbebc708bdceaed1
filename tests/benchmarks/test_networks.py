"""What the command line's filters mean, and that the networks are what they are called."""

import click
import pytest
import torch

from benchmarks.networks import count
from benchmarks.options import Counts, Names, Widths
from benchmarks.speed import networks


def test_names_in_the_order_given():
    kind = Names(networks.NETWORKS)
    assert kind.convert("rswaf8, cubic5,rswaf8", None, None) == ["rswaf8", "cubic5"]
    assert kind.convert("all", None, None) == list(networks.NETWORKS)
    message = r"expected names among default, fourier, cubic5, .*; got 'cubic6'"
    with pytest.raises(click.BadParameter, match=message):
        kind.convert("cubic6", None, None)


def test_widths():
    assert Widths().convert("784-64-10,2-5-1", None, None) == ["784-64-10", "2-5-1"]
    assert networks.widths_of("784-64-10") == [784, 64, 10]
    for wrong in ("784", "3-0-1", "3--1", "a-b", ""):
        with pytest.raises(click.BadParameter, match="expected widths such as"):
            Widths().convert(wrong, None, None)


def test_counts():
    assert Counts().convert("64, 8", None, None) == [64, 8]
    assert Counts(4).convert("all,1", None, None) == [4, 1]
    assert Counts(1).convert("all,1", None, None) == [1]
    for wrong in ("0", "x", "-1", "", "all"):
        with pytest.raises(click.BadParameter, match="expected positive integers such as"):
            Counts().convert(wrong, None, None)


def test_the_small_network_has_its_own_batch_unless_told_otherwise():
    assert networks.sizes(["256-256-256", "2-5-1"], None) == [
        *(("256-256-256", batch) for batch in (64, 256, 1024, 8192)),
        ("2-5-1", 1000),
    ]
    assert networks.sizes(["2-5-1"], [7]) == [("2-5-1", 7)]


@pytest.mark.parametrize("key", networks.NETWORKS)
def test_every_network_builds_and_has_its_mlp(key):
    before = torch.get_rng_state()
    model = networks.build(key, [12, 9, 4])
    mlp = networks.matching_mlp(count(model), [12, 9, 4])
    assert torch.equal(before, torch.get_rng_state())
    assert (mlp.widths[0], mlp.widths[-1]) == (12, 4)
    # A hidden unit more or less is 17 parameters.
    assert abs(count(mlp) - count(model)) <= 17
    layer = model.layers[0]
    z = torch.linspace(-0.9, 0.9, 50)[:, None].expand(50, 12)
    active = (layer.basis.evaluate(z, layer.grid) != 0).sum(-1).max()
    assert active == networks.NETWORKS[key].active
