"""What verbs return comes whole through pickle, cloudpickle and copy, also into another process."""

from __future__ import annotations

import copy
import pickle
import sys
import warnings
from pathlib import Path

import pytest
import torch
from comparing import compare
from test_odd_arguments import EVERY

import edgewise as ew

NAMES = [
    *("explain_global", "explain_local", "BSpline", "Chebyshev", "Fourier", "Gaussian", "RSWAF"),
    *("certify", "certify two", "a waterfall", "create_dataset", "formula_of", "discover, groups"),
    *("Limits", "robin", "cut out", "attribute", "structure", "apply_edits", "explore", "report"),
    *("convert", "coverage", "fit_law", "profile", "laws.get", "KANAttention", "MLP", "KANLinear"),
    *(
        "discover_pde",
        "discover_ode of steps",
        "tabulate",
        "fit of batches, classes",
        "KANSurvival",
    ),
    *("without_rows", "edge_curve", "from_formula's text", "fit, continual", "Memory.load"),
    *("EfficientKAN", "FastKAN", "RBFKAN", "FasterKAN", "ChebyKAN", "FourierKAN", "KALNet"),
    *("ImageKAN", "FasterKANvolver", "KANTransformerBlock", "replace_linear", "solve by a network"),
]
"""An entrance for each type of result, the one that takes the least time."""
WAYS = {
    "pickle": lambda value: pickle.loads(pickle.dumps(value)),
    "cloudpickle": lambda value: pickle.loads(pytest.importorskip("cloudpickle").dumps(value)),
    "deepcopy": copy.deepcopy,
    "copy": copy.copy,
}


@pytest.fixture(scope="module", autouse=True)
def _elsewhere(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("results"))
        yield


@pytest.fixture(scope="module")
def results(_elsewhere):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return {name: EVERY[name][0](**EVERY[name][1]()) for name in NAMES}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", NAMES)
def test_a_copy_is_equal(results, name, way):
    compare(results[name], WAYS[way](results[name]), name)


def test_another_process_reads_them(results, tmp_path, forks):
    """It has imported nothing of ours yet."""
    path = tmp_path / "results.pkl"
    path.write_bytes(pickle.dumps(list(results.values())))
    # Functions that other tests here register as laws' sciences are found by their modules.
    code = (
        f"import pickle, sys; sys.path.append({str(Path(__file__).parent)!r})\n"
        f"print([type(r).__name__ for r in pickle.load(open({str(path)!r}, 'rb'))])"
    )
    printed = forks.run("-c", code)
    assert printed.strip() == str([type(result).__name__ for result in results.values()])


@pytest.mark.parametrize("preset", ew.presets.PRESETS)
def test_a_preset_begins_anew_as_before_it_was_pickled(preset):
    widths = [784, 3, 1] if preset == "imagekan" else [2, 3, 1]
    model = ew.presets.PRESETS[preset](widths, seed=0)
    again = pickle.loads(pickle.dumps(model))
    for one, other in zip(model.stack(), again.stack(), strict=True):
        one.reset_parameters(seed=1), other.reset_parameters(seed=1)
        assert torch.equal(one.coef, other.coef)


def test_a_beginning_that_no_pickle_can_hold_is_missed_when_it_is_needed():
    layer = ew.KANLinear(2, 1, init=lambda layer, generator: None)
    again = pickle.loads(pickle.dumps(layer))
    assert again(torch.ones(1, 2)).shape == (1, 1)
    with pytest.raises(ValueError, match="can't hold a function defined inside another"):
        again.reset_parameters()


def test_packages_go_by_their_names():
    """A function of a notebook that says `ew.` takes the package with it to joblib's workers."""
    cloudpickle = pytest.importorskip("cloudpickle")
    packages = [module for name, module in sys.modules.items() if name.split(".")[0] == "edgewise"]
    assert ew in packages
    for package in packages:
        assert pickle.loads(cloudpickle.dumps(package)) is package
