"""Verbs that read a model change nothing that others see: modes, hooks, weights, the process."""

from __future__ import annotations

import importlib
import sys
import threading
import warnings
from collections.abc import Mapping

import numpy as np
import pytest
import torch
from torch import nn

import edgewise as ew
from edgewise.engines import native
from edgewise.nn.inspect import in_evaluation
from repeats import TIMES

X = torch.rand(40, 2, generator=torch.Generator().manual_seed(1)) * 2 - 1
Y = X[:, :1] * X[:, 1:]


def curves():
    return ew.nn.settle(ew.KAN([2, 3, 1], basis=ew.BSpline(4), norm="standard", seed=0), X)


def minmax():
    return ew.KAN([2, 3, 1], basis=ew.Gaussian(5), norm="batch_minmax", seed=0)


def formula():
    return ew.surgery.from_formula("sin(x0) + x1**2")


def larger():
    parts = nn.Linear(2, 4), nn.Dropout(0.5), nn.BatchNorm1d(4), ew.KANLinear(4, 1, seed=0)
    torch.nn.init.constant_(parts[0].weight, 0.3)
    torch.nn.init.constant_(parts[0].bias, 0.1)
    return nn.Sequential(*parts)


MODELS = {"curves": curves, "minmax": minmax, "formula": formula, "larger": larger}

READERS = {
    "evaluate": lambda m: ew.evaluate(m, X, Y, metrics="mae"),
    "explain_engines": lambda m: ew.nn.explain_engines(m, X),
    "attribute": lambda m: ew.attribute(m, X).edges,
    "interactions": lambda m: ew.explain.interactions(m, X),
    "edge_curve": lambda m: ew.surgery.edge_curve(m, (0, 0, 0), X).y,
    "extract": lambda m: ew.explain.extract(m, X, "3")[1],
    "structure": lambda m: str(ew.structure(m, X)),
    "coverage": lambda m: str(ew.grids.coverage(m, X)),
    "suggest": lambda m: str(ew.symbolic.suggest(m, X, (0, 0, 0), library=["sin", "exp"])),
    "certify": lambda m: str(ew.certify(m, [(0.0, 0.01)] * 2, boxes=2, starts=2)),
    "tabulate": lambda m: ew.export.tabulate(m, domain=[(-1, 1)] * 2).report,
    "to_c": lambda m: ew.export.to_c(ew.export.tabulate(m, domain=[(-1, 1)] * 2)),
    "sparsity": lambda m: ew.training.Sparsity(0.1)(m, X),
    "explore": lambda m: ew.explorer.explore(m, X).html(),
}
"""Answers about a model."""

MAKERS = {
    "prune": lambda m: ew.prune(m, X),
    "prune_to": lambda m: ew.prune_to(m, X, Y),
    "unmix": lambda m: ew.explain.unmix(m, X),
    "adapt": lambda m: ew.grids.adapt(m, X),
    "refine": lambda m: ew.grids.refine(m, 8, X),
    "extend": lambda m: ew.grids.extend(m, X),
    "fit_range": lambda m: ew.grids.fit_range(m, X, tolerance=1.0),
    "convert": lambda m: ew.grids.convert(m, ew.Chebyshev(5), X, tolerance=1.0).model,
    "fix_edge": lambda m: ew.surgery.fix_edge(m, (0, 0, 0), "sin", numbers=(1, 0, 1, 0)),
    "free_edge": lambda m: ew.surgery.free_edge(m, (0, 0, 0), X),
    "freeze": lambda m: ew.surgery.freeze(m, (0, 0, 0)),
    "unfreeze": ew.surgery.unfreeze,
    "auto_swap": lambda m: ew.surgery.auto_swap(m, X),
    "expand_width": lambda m: ew.surgery.expand_width(m, 1, 1, seed=0),
    "expand_depth": lambda m: ew.surgery.expand_depth(m, 1, X),
    "slice": lambda m: m[0:1] if isinstance(m, ew.KAN | ew.symbolic.SymbolicKAN) else (),
    "replace_linear": lambda m: ew.replace_linear(m, "0"),
}
"""New models made of a model."""


def apply(verb, model):
    """What a verb answers, or its refusal: not every verb takes every model."""
    try:
        return verb(model)
    except (ValueError, TypeError, AttributeError, NotImplementedError) as error:
        return type(error).__name__, str(error)


def same(a, b):
    if isinstance(a, nn.Module):
        return type(a) is type(b) and same(dict(a.state_dict()), dict(b.state_dict()))
    if torch.is_tensor(a):
        return torch.equal(a, b)
    if isinstance(a, np.ndarray):
        return np.array_equal(a, b)
    if isinstance(a, Mapping):
        return a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(same, a, b))
    return repr(a) == repr(b)


def observe(model):
    """All that others see of a model and of the process."""
    parts = list(model.modules())
    return {
        "modes": [part.training for part in parts],
        "hooks": [len(part._forward_hooks) + len(part._forward_pre_hooks) for part in parts],
        "parts": [id(part) for part in parts],
        "tensors": [id(t) for t in (*model.parameters(), *model.buffers())],
        "gradients": [p.grad is None for p in model.parameters()],
        "values": {name: t.clone() for name, t in model.state_dict().items()},
        "isa": None if native.unavailable() else native.isa(),
        "threads": torch.get_num_threads(),
        "filters": list(warnings.filters),
        "gradients on": torch.is_grad_enabled(),
        "random": torch.get_rng_state(),
    }


@pytest.fixture(scope="module", autouse=True)
def _parts_are_loaded():
    """Other programs add filters of warnings when they are first imported."""
    ours = ("certify", "explorer", "export", "grids", "surgery", "symbolic")
    others = ("jinja2", "scipy.optimize", "sklearn.linear_model", "sympy")
    for name in (*others, *(f"edgewise.{room}" for room in ours)):
        importlib.import_module(name)


@pytest.mark.filterwarnings("ignore::edgewise.grids.ChangeWarning")
@pytest.mark.parametrize("verb", [*READERS, *MAKERS])
def test_a_verb_leaves_the_model_and_the_process_alone(verb):
    """Each verb of both modes, and each kind of model; it answers for one at least."""
    answers = []
    for k, make in enumerate(MODELS.values()):
        mode = (len(verb) + k) % 2 == 0
        model = make().train(mode)
        before = observe(model)
        answers.append(apply({**READERS, **MAKERS}[verb], model))
        after = observe(model)
        assert [key for key in before if not same(before[key], after[key])] == [], make
        if isinstance(answers[-1], nn.Module):
            assert {part.training for part in answers[-1].modules()} == {mode}, make
    assert any(not isinstance(a, tuple) or len(a) != 2 for a in answers)


SHARED = (
    *("evaluate", "explain_engines", "attribute", "edge_curve", "extract", "coverage"),
    *("sparsity", "tabulate", "prune", "adapt", "fix_edge", "freeze", "slice", "unmix"),
)
"""Verbs that answer quickly."""


@pytest.mark.filterwarnings("ignore::edgewise.grids.ChangeWarning")
@pytest.mark.parametrize("kind", ["minmax", "formula", "larger"])
def test_twelve_threads_read_what_one_reads(kind, tmp_path):
    """EDGEWISE_FUZZ multiplies the rounds."""
    model = MODELS[kind]()
    verbs = {name: {**READERS, **MAKERS}[name] for name in SHARED}
    verbs["load"] = lambda m: save_and_load(m, tmp_path)
    if kind != "larger":  # there a call draws random numbers and moves what it standardises by
        verbs["call"] = lambda m: m(X.to(next(m.parameters()).dtype))
    alone = {name: apply(verb, model) for name, verb in verbs.items()}
    before, wrong = observe(model), []

    def read(first):
        order = list(verbs)
        for name in order[first:] + order[:first]:
            try:
                if not same(apply(verbs[name], model), alone[name]):
                    wrong.append((name, "another answer"))
            except Exception as error:
                wrong.append((name, repr(error)))

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        for _ in range(TIMES):
            threads = [threading.Thread(target=read, args=(k,)) for k in range(12)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
    finally:
        sys.setswitchinterval(interval)
    after = observe(model)
    assert wrong == []
    assert [key for key in before if not same(before[key], after[key])] == []


def save_and_load(model, folder):
    path = folder / f"{threading.get_ident()}.safetensors"
    ew.save(model, path)
    return ew.load(path)


def test_a_reader_shares_every_tensor_and_no_mode():
    model = larger()
    model.register_buffer("steps", torch.zeros(1))
    model.kept = [model[0], {"norm": model[2]}]  # parts that are no parts to torch
    still = in_evaluation(model)
    for (name, ours), theirs in zip(model.named_parameters(), still.parameters(), strict=True):
        assert ours is theirs, name
    assert all(a is b for a, b in zip(model.buffers(), still.buffers(), strict=True))
    assert not any(part.training for part in still.modules())
    assert all(part.training for part in model.modules())
    assert still.kept[0] is still[0]
    assert still.kept[1]["norm"] is still[2]
    still[0].register_forward_hook(lambda part, x, y: 0 * y)
    assert not model[0]._forward_hooks
    assert in_evaluation(torch.jit.trace(nn.Linear(2, 1), X)).training is False


def test_a_wrapper_is_left_out():
    compiled = torch.compile(larger(), backend="eager")
    assert type(in_evaluation(compiled)) is nn.Sequential
    with pytest.raises(TypeError, match=r"torch\.nn\.Module"):
        in_evaluation(3)
