"""The registered operators, called directly with what nobody should pass: torch's own kinds of
errors or ours, and never one of Python's lookups."""

from __future__ import annotations

import warnings

import pytest
import torch
from fuzzing import check_message, often
from hypothesis import given
from hypothesis import strategies as st

from edgewise.bases import registry
from edgewise.engines import native, ops

DOCUMENTED = (RuntimeError, ValueError, TypeError)  # NotImplementedError is a RuntimeError
BASES = sorted(registry())
F64 = torch.float64


def list_odd():
    """Values of every kind; most of them pass torch's own check of the schema somewhere."""
    x = torch.ones(6, 3, dtype=F64)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch says that it will change them
        nested = torch.nested.nested_tensor([x[0], x[1, :2]])
        quantized = torch.quantize_per_tensor(x.float(), 0.1, 0, torch.qint8)
    return [
        None, True, 0, -1, 3.5, "x", "silu", "tanh", "layer", "gaussian", "jacobi", "", b"x",
        object(), [], [None], [None, None], [torch.ones(2)], [x, x], [x[0], x[0]], [True],
        [True] * 5, {}, x, x[0], x[0, 0], x[:0], x[:, :0], x[None, None], x.t(), x.float(),
        x.half(), x.long(), x + 1j, x > 0, x.to("meta"), x.to_sparse(), nested, quantized,
        torch.float32, x * torch.nan, x * 1e300,
    ]  # fmt: skip


def make_arguments(name, backward):
    """Arguments of the operator or of its backward pass that work for every basis."""
    basis = registry()[name]()
    g = torch.Generator().manual_seed(0)
    x, coef = (torch.rand(s, generator=g, dtype=F64) for s in ((6, 3), (3, basis.num_basis, 2)))
    grid = list(basis.init_grid(3, dtype=F64))
    args = [
        x,
        None,
        coef,
        torch.ones(3, 2, dtype=F64),
        torch.ones(2, dtype=F64),
        grid,
        name,
        "silu",
    ]
    args += [None, []]
    if backward:
        needs = [True, False, True, True, True, *basis.trainable_grid]
        return [torch.ones(6, 2, dtype=F64), *args, needs, None, None]
    return [*args, None, None]


# The formulas stand behind the operator where no kernel does, and are what it is compiled from.
CALLS = {
    "forward": (torch.ops.edgewise.kan_linear, False),
    "backward": (torch.ops.edgewise.kan_linear_backward, True),
    "formulas": (ops._forward, False),
    "formulas backward": (ops._backward, True),
    "fake": (ops._forward_fake, False),
    "fake backward": (ops._backward_fake, True),
}


@pytest.mark.parametrize("call", CALLS)
@often
@given(data=st.data())
def test_odd_tensors_and_names(call, data):
    operator, backward = CALLS[call]
    args = make_arguments(data.draw(st.sampled_from(BASES)), backward)
    kept = [k for k, v in enumerate(args) if call[:1] == "f" and not isinstance(v, (str, list))]
    places = range(len(args)) if call in ("forward", "backward") else kept
    for k in data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=2, unique=True)):
        values = [v for v in list_odd() if call in ("forward", "backward") or fits(v)]
        args[k] = values[data.draw(st.integers(0, len(values) - 1))]
    try:
        operator(*args)
    except DOCUMENTED as error:
        check_message(error)


def fits(value):
    """Whether torch's dispatcher hands the value on where its schema asks for a tensor."""
    return value is None or isinstance(value, torch.Tensor)


@pytest.mark.parametrize("name", BASES)
def test_arguments_that_work_are_taken(name):
    known = native.unavailable() is not None or name in native.bases()
    for call, (operator, backward) in CALLS.items():
        if known or call not in ("forward", "backward"):
            operator(*make_arguments(name, backward))


@pytest.mark.parametrize(
    ("change", "kind", "message"),
    [
        ({0: None}, TypeError, "expected x as a tensor, got None"),
        ({5: [None]}, TypeError, r"expected grid\[0\] as a tensor, got None"),
        ({0: torch.ones(3)}, ValueError, r"expected x \(rows, in\), got 1 dimensions"),
        ({2: torch.ones(3, 4)}, ValueError, r"expected coef \(in, num, out\), got 2 dimensions"),
        ({3: torch.ones(2, 3)}, ValueError, r"expected base_weight of shape \(3, 2\)"),
        ({4: torch.ones(2).long()}, ValueError, "expected bias as a dense tensor"),
        ({5: []}, ValueError, "to fit each other"),
        ({5: [torch.ones(())]}, ValueError, "to fit each other"),
        ({6: "no such"}, ValueError, "expected a basis among"),
        ({7: "relu"}, ValueError, "expected base to be None or among silu, identity"),
        ({8: "batch"}, ValueError, "expected norm to be None or among layer, affine, tanh"),
        ({8: "layer"}, ValueError, "expected 2 trained tensors"),
        ({8: "tanh", 1: torch.ones(6, 3)}, ValueError, "z only without a norm"),
        ({10: torch.ones(2)}, ValueError, r"expected coef_scale of shape \(3, 2\)"),
    ],
)
def test_refusals_of_the_formulas(change, kind, message):
    args = make_arguments("bspline", False)
    for k, value in change.items():
        args[k] = value
    with pytest.raises(kind, match=message):
        ops._forward(*args)


def test_refusals_of_the_backward_formulas():
    args = make_arguments("bspline", True)
    for k, value, message in (
        (0, torch.ones(6, 3), "dy of shape"),
        (11, [True], "expected 6 or 8"),
    ):
        with pytest.raises(ValueError, match=message):
            ops._backward(*args[:k], value, *args[k + 1 :])
