"""Training of any torch module: the loop, its record, and checkpoints that resume bit for bit."""

from edgewise._threads import patient_threads
from edgewise.training.continual import Anchored, Continual, Frozen
from edgewise.training.evaluate import evaluate
from edgewise.training.fit import fit
from edgewise.training.guard import NonFiniteLossError
from edgewise.training.history import History
from edgewise.training.levenberg import levenberg_marquardt
from edgewise.training.memory import Memory
from edgewise.training.mismatched_units import OutsideWarning
from edgewise.training.moments import Moments
from edgewise.training.optim import parameter_groups
from edgewise.training.options import Batching, Checkpoints, Stopping
from edgewise.training.regularize import Sparsity
from edgewise.training.residuals import GaussNewtonReport, gauss_newton
from edgewise.training.smoothness import Smoothness

__all__ = [
    "Anchored",
    "Batching",
    "Checkpoints",
    "Continual",
    "Frozen",
    "GaussNewtonReport",
    "History",
    "Memory",
    "Moments",
    "NonFiniteLossError",
    "OutsideWarning",
    "Smoothness",
    "Sparsity",
    "Stopping",
    "evaluate",
    "fit",
    "gauss_newton",
    "levenberg_marquardt",
    "parameter_groups",
    "patient_threads",
]


def __dir__() -> list[str]:
    return __all__
