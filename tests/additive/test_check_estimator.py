"""Every check that scikit-learn has for estimators, none skipped and none excused."""

import pytest

# The check of array APIs runs only if scipy was told so before its first import.
PROGRAM = """
import os, sys, warnings
os.environ["SCIPY_ARRAY_API"] = "1"
assert "scipy" not in sys.modules
warnings.simplefilter("ignore")
import edgewise.sklearn as estimators
from sklearn.utils.estimator_checks import check_estimator
estimator = getattr(estimators, sys.argv[1])(cv=2)  # which costs a third of five parts
results = check_estimator(estimator, on_skip=None, on_fail=None)
assert len(results) >= 50, len(results)
bad = [(r["check_name"], r["status"], repr(r["exception"])) for r in results
       if r["status"] != "passed"]
if bad:
    sys.exit(str(bad))
"""


@pytest.mark.parametrize("name", ["KANRegressor", "KANClassifier"])
def test_every_check_of_scikit_learn_passes(name, forks):
    forks.run("-c", PROGRAM, name)
