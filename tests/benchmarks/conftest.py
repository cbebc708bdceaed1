"""The benchmarks are no part of the package: they are found from the root of the repository."""

import json
import pickle
import sys
from pathlib import Path

import pytest
import torch

sys.path.insert(0, str(Path(__file__).parents[2]))


@pytest.fixture(scope="module")
def peaks_measured_here():
    """In this process: one of its own, as in test_timing.py, takes seconds to import torch."""
    from benchmarks import convolution, memory, originals, peak

    def measure(build, widths, batch, threads):
        said, before = [], torch.get_num_threads()
        peak.main(pickle.dumps((build, widths, batch, threads)), said.append)
        torch.set_num_threads(before)
        return peak.Peak(*json.loads(said[-1]))

    with pytest.MonkeyPatch.context() as context:
        for module in (convolution, memory, originals.measure):
            context.setattr(module, "measure_peak", measure)
        yield
