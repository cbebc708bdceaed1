"""Every check that scikit-learn has for estimators, none skipped and none excused."""

# The check of array APIs runs only if scipy was told so before its first import.
PROGRAM = """
import os, sys, warnings
os.environ["SCIPY_ARRAY_API"] = "1"
assert "scipy" not in sys.modules
warnings.simplefilter("ignore")
import edgewise.sklearn as estimators
from sklearn.utils.estimator_checks import check_estimator
bad = []
for name in sys.argv[1:]:
    settings = {"cv": 2}  # which costs a third of five parts
    if name == "KANClassifier":  # pairs of columns are found as those of KANRegressor are
        settings["interaction_cst"] = "no_interactions"
    estimator = getattr(estimators, name)(**settings)
    results = check_estimator(estimator, on_skip=None, on_fail=None)
    assert len(results) >= 50, len(results)
    bad += [(name, r["check_name"], r["status"], repr(r["exception"])) for r in results
            if r["status"] != "passed"]
if bad:
    sys.exit(str(bad))
"""


def test_every_check_of_scikit_learn_passes(forks):
    forks.run("-c", PROGRAM, "KANRegressor", "KANClassifier")
