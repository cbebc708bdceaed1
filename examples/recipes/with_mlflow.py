"""MLflow and skops: log an estimator, its page and its quality, and load it without pickle.

python examples/recipes/with_mlflow.py
mlflow ui --backend-store-uri sqlite:///mlflow.db
"""

import tempfile
from pathlib import Path
from typing import Any

import mlflow
import skops.io
from sklearn.datasets import load_diabetes
from sklearn.model_selection import train_test_split

import edgewise as ew


# begin-skops
def list_types(model: Any) -> list[str]:
    """The classes of this library in a skops file of the model, or of a pipeline that holds it."""
    found = skops.io.get_untrusted_types(data=skops.io.dumps(model))
    return [name for name in found if name.startswith("edgewise.")]


# end-skops


# begin-log
def log(model: Any, x: Any, y: Any) -> Any:
    """Log a fitted estimator with its arguments, its quality and its page; where it was logged."""
    with mlflow.start_run(), tempfile.TemporaryDirectory() as folder:
        mlflow.log_params(model.get_params())
        mlflow.log_metric("R2 on unseen rows", model.score(x, y))
        model.explain_global().save(Path(folder, "effects.html"))
        mlflow.log_artifact(str(Path(folder, "effects.html")))
        return mlflow.sklearn.log_model(
            model,
            name="model",
            input_example=x[:3],
            skops_trusted_types=list_types(model),
            pip_requirements=["mlflow", "skops", f"edgewise[tables]=={ew.__version__}"],
        )


# end-log


def main(folder: str) -> dict[str, Any]:
    """Log an estimator, and predict with what MLflow loads."""
    mlflow.set_tracking_uri(f"sqlite:///{folder}/mlflow.db")
    if mlflow.get_experiment_by_name("diabetes") is None:
        mlflow.create_experiment("diabetes", Path(folder, "artifacts").as_uri())
    mlflow.set_experiment("diabetes")
    x, y = load_diabetes(return_X_y=True, as_frame=True)
    x, x_test, y, y_test = train_test_split(x, y, random_state=0)
    model = ew.KANRegressor(random_state=0).fit(x, y)
    logged = log(model, x_test, y_test)
    served = mlflow.pyfunc.load_model(logged.model_uri)
    same = bool((served.predict(x_test) == model.predict(x_test)).all())
    print(f"MLflow: {logged.model_uri} predicts the same: {same}")
    return {"run": mlflow.get_run(logged.run_id), "same": same, "uri": logged.model_uri}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        main(folder)
