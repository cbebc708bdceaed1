"""Every check that scikit-learn has for estimators, none skipped and none excused."""

import os
import subprocess
import sys

import pytest

PROGRAM = """
import sys, warnings
warnings.simplefilter("ignore")
import edgewise.sklearn as estimators
from sklearn.utils.estimator_checks import check_estimator
results = check_estimator(getattr(estimators, sys.argv[1])(), on_skip=None, on_fail=None)
assert len(results) >= 50, len(results)
bad = [(r["check_name"], r["status"], repr(r["exception"])) for r in results
       if r["status"] != "passed"]
print(len(results), bad)
sys.exit(bool(bad))
"""


@pytest.mark.parametrize("name", ["KANRegressor", "KANClassifier"])
def test_every_check_of_scikit_learn_passes(name):
    # The check of array APIs runs only if scipy was told so before its first import.
    environment = {**os.environ, "SCIPY_ARRAY_API": "1"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, name], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
