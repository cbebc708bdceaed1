"""One process of a fit: `parts_run.py TABLE OUT` writes predictions; run alone or by torchrun."""

import os
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from edgewise.additive import sample
from edgewise.sklearn import KANClassifier, KANRegressor

if __name__ == "__main__":
    path, out = sys.argv[1:3]
    sample.SAMPLE_ROWS = 300  # so that the rest has to be passed over
    frame = pd.read_parquet(path)
    model = KANRegressor(cv=2, random_state=0, exclude=["kind"]).fit(path, "y", "w")
    alone = {"interaction_cst": "no_interactions"}  # pairs are those of numbers above
    classes = KANClassifier(cv=2, random_state=0, exclude=["y"], **alone).fit(path, "kind", "w")
    both = [
        model.predict(frame.drop(columns=["y", "w"])),
        classes.predict_proba(frame.drop(columns=["kind", "w"]))[:, 0],
    ]
    np.save(f"{out}/rank{os.environ.get('RANK', 'alone')}.npy", np.stack(both))
    if len(sys.argv) > 3:
        try:
            KANRegressor().fit(sys.argv[3], "y")
        except ValueError as error:
            Path(out, f"error{os.environ['RANK']}").write_text(str(error))
