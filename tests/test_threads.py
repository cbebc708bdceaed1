"""Threads that wait for each other sleep: in our loops, and in the command line."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import torch

import edgewise as ew
from edgewise import _threads
from edgewise.training import patient_threads

TASKS = Path("/proc/self/task")
needs_linux = pytest.mark.skipif(not TASKS.exists(), reason="counts threads in /proc")
needs_openmp = pytest.mark.skipif(
    "OpenMP" not in torch.__config__.parallel_info(), reason="torch computes without OpenMP"
)


def count_tasks(at_most=None):
    """Threads of this process; those that are ending are waited for, if there may be so few."""
    end = time.monotonic() + 20
    while (count := len(list(TASKS.iterdir()))) > (at_most or count) and time.monotonic() < end:
        time.sleep(0.01)
    return count


@pytest.mark.parametrize("cores", [1, 2, 3, 8, 64])
def test_helpers_are_the_fewest_that_make_more_threads_than_cores(cores):
    assert _threads.count_helpers(1, cores) == 0  # nobody to wait for
    for threads in range(2, cores + 1):

        def managed(teams, threads=threads):
            return 1 + (1 + teams) * (threads - 1)

        helpers = _threads.count_helpers(threads, cores)
        assert managed(helpers) > cores >= managed(helpers - 1)


@needs_linux
@needs_openmp
@pytest.mark.usefixtures("two_threads")
def test_every_helper_has_a_team_until_the_block_ends(monkeypatch):
    monkeypatch.setattr(_threads, "_count_cores", lambda: 4)
    torch.zeros(4 * _threads.CHUNK).add_(1)  # torch's own team
    before = count_tasks()
    with patient_threads():
        assert count_tasks() == before + 3 * 2
        assert torch.get_num_threads() == 2
    assert count_tasks(before) == before
    with pytest.raises(KeyError), patient_threads():
        raise KeyError
    assert count_tasks(before) == before
    assert torch.get_num_threads() == 2


@pytest.mark.usefixtures("two_threads")
def test_fit_waits_patiently_computes_the_same_and_leaves_the_threads_as_they_were(monkeypatch):
    seen = []

    def train():
        model = ew.KAN([20, 32, 1], seed=torch.Generator().manual_seed(0))
        x = torch.linspace(-1, 1, 512 * 20).reshape(512, 20)
        history = ew.fit(
            model, x, x.sin().sum(1, keepdim=True), steps=3, progress=False,
            callbacks=lambda *_: seen.append((_threads_of_helpers(), torch.get_num_threads())),
        )  # fmt: skip
        return history.loss

    monkeypatch.setattr(_threads, "_count_cores", lambda: 2)
    patient = train()
    assert seen == [(1, 2)] * 3
    assert (_threads_of_helpers(), torch.get_num_threads()) == (0, 2)
    monkeypatch.setattr(_threads, "count_helpers", lambda *_: 0)
    assert train() == patient
    assert seen[3:] == [(0, 2)] * 3


@pytest.mark.usefixtures("two_threads")
def test_solve_waits_patiently_and_leaves_the_threads_as_they_were(monkeypatch):
    seen = []

    def decay(u, t):
        seen.append((_threads_of_helpers(), torch.get_num_threads()))
        return u.dt + u

    monkeypatch.setattr(_threads, "_count_cores", lambda: 2)
    ew.solve(decay, {"t": (0, 1)}, [ew.equations.initial(1.0)])
    assert set(seen) == {(1, 2)}
    assert (_threads_of_helpers(), torch.get_num_threads()) == (0, 2)


def _threads_of_helpers():
    return sum(isinstance(thread, _threads._Helper) for thread in threading.enumerate())


@needs_openmp
@pytest.mark.parametrize("chosen", [None, "active"])
def test_the_command_line_sets_the_policy_before_torch_starts(chosen):
    environment = {
        k: v for k, v in os.environ.items() if k not in ("OMP_WAIT_POLICY", "GOMP_SPINCOUNT")
    }
    environment |= {"OMP_DISPLAY_ENV": "verbose"} | ({"OMP_WAIT_POLICY": chosen} if chosen else {})
    code = (
        "import atexit, os; atexit.register(lambda: print('policy', os.environ['OMP_WAIT_POLICY']))"
        "; from edgewise.cli import main; main(['env'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert f"policy {chosen or 'passive'}" in done.stdout
    spins = [line.split("'")[1] for line in done.stderr.splitlines() if "GOMP_SPINCOUNT" in line]
    assert all((int(count) == 0) == (chosen is None) for count in spins)  # what libgomp read


FORKED = """
import os, signal
import torch
import edgewise as ew

torch.set_num_threads(2)
x = torch.linspace(-1, 1, 1 << 14).reshape(-1, 4)

def compute():
    model = ew.KAN([4, 8, 1], seed=0)
    history = ew.fit(model, x, x.sin().sum(1), optimizer="sgd", steps=2, progress=False)
    return torch.tensor(history.loss)

wanted = compute()  # by threads that no child has
child = os.fork()
if not child:
    signal.alarm(150)
    assert torch.get_num_threads() == 1
    assert torch.allclose(compute(), wanted, rtol=1e-5)
    os._exit(0)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), torch.get_num_threads())
"""


@needs_openmp
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_forked_child_computes_alone(forks):
    """With the threads of its parent it would wait for ever."""
    assert forks.run("-c", FORKED).split() == ["0", "2"]


WORKERS = """
import os, signal
import edgewise
from joblib import Parallel, delayed
from joblib.externals.loky import get_reusable_executor

def compute():
    return Parallel(n_jobs=2)(delayed(abs)(-k) for k in range(4))

wanted = compute()  # by workers whose orders come from a thread that no child has
child = os.fork()
if not child:
    signal.alarm(150)
    right = compute() == wanted
    get_reusable_executor().shutdown()
    os._exit(0 if right else 1)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), compute() == wanted)
get_reusable_executor().shutdown()
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_forked_child_starts_workers_of_its_own(forks):
    """joblib's, which searches and fits with ``n_jobs=`` share, answer the parent alone."""
    assert forks.run("-c", WORKERS).split() == ["0", "True"]


KINDS_OF_WORKERS = """
import hashlib, multiprocessing, os, signal
import numpy as np
import torch
import edgewise as ew
from joblib import Parallel, delayed

x = np.random.default_rng(0).uniform(-1, 1, (2000, 3))
y = np.sin(3 * x[:, 0]) * x[:, 1]

def work(_=None):
    "A formula, and the bits of predictions of a network, an estimator and the formula."
    signal.alarm(200)
    torch.set_num_threads(1)
    rows, targets = torch.tensor(x), torch.tensor(y)[:, None]
    network = ew.KAN([3, 8, 1], seed=0).double()
    ew.fit(network, rows, targets, steps=2, optimizer="lbfgs", progress=False)
    table = ew.KANRegressor(cv=2, random_state=0).fit(x[:100], y[:100])
    found = ew.discover(x[:40], y[:40], evaluations=100, progress=False)
    told = [network(rows).detach().numpy(), table.predict(x), found.predict(x)]
    signal.alarm(0)
    return str(found.formula), hashlib.sha256(np.concatenate(told, None)).hexdigest()

expected = work()
torch.set_num_threads(2)
ew.KAN([3, 64, 1], seed=0)(torch.rand(1 << 14, 3)).sum().backward()  # by threads no child has
Parallel(n_jobs=2)(delayed(abs)(k) for k in range(4))  # by workers no child has

def list_answers(kind):
    if kind == "loky":
        return Parallel(n_jobs=2)([delayed(work)()])  # the other would import everything, too
    with multiprocessing.get_context("fork").Pool(2) as pool:
        return pool.map(work, range(2))

for kind in ("fork", "loky"):
    print(kind, [answer == expected for answer in list_answers(kind)])
print(work() == expected)
"""


@needs_openmp
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_workers_of_any_kind_answer_as_the_parent_does_to_the_last_bit():
    """Forked ones and joblib's, of a parent that computes with threads and has workers itself."""
    done = subprocess.run([sys.executable, "-c", KINDS_OF_WORKERS], capture_output=True, text=True)
    assert done.stdout.splitlines() == ["fork [True, True]", "loky [True]", "True"], done.stderr


BARS = """
import os, signal, threading
import torch
from tqdm import tqdm
import edgewise as ew
from edgewise._bars import Bar

x = torch.rand(20, 2)
model = ew.KAN([2, 1], seed=0)

def work(**settings):
    signal.alarm(150)
    ew.fit(model, x, x[:, :1], steps=2, **settings)
    ew.symbolic.regress(model, x, evaluations=20, progress=False)
    signal.alarm(0)

work(progress=True)
child = os.fork()
if not child:
    tqdm.get_lock().acquire()
    Bar.get_lock().acquire()
    os.kill(os.getpid(), signal.SIGKILL)
os.waitpid(child, 0)
work(progress=False)
work(progress=True)
print("killed child")

held, done = threading.Event(), threading.Event()
def hold():
    with Bar.get_lock():
        held.set()
        done.wait()
threading.Thread(target=hold).start()
held.wait()
child = os.fork()
if not child:
    work(progress=True)
    os._exit(0)
print("held by a thread", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
done.set()
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_bars_of_one_process_block_no_other(forks):
    """Neither of a child that is killed within a bar, nor of a thread that isn't in the child."""
    assert forks.run("-c", BARS).splitlines() == ["killed child", "held by a thread 0"]


EAGER = """
import edgewise as ew
missing = [name for name in ew.__all__ if name not in vars(ew)]
assert not missing, missing
print("all there")
"""


def test_all_parts_can_be_loaded_before_threads_and_forks():
    """A child that is forked while a thread first imports a part would wait for it for ever."""
    environment = os.environ | {"EAGER_IMPORT": "1"}
    done = subprocess.run(
        [sys.executable, "-c", EAGER], env=environment, capture_output=True, text=True
    )
    assert done.stdout.strip() == "all there", done.stderr
