"""Import every module of the package: what an old dependency lacks shows at once."""

import importlib
import pkgutil
import sys
import warnings

import edgewise
import edgewise.symbolic.regress  # of the same name as what it holds


def main() -> int:
    """How many modules can't be imported."""
    failed = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for module in pkgutil.walk_packages(edgewise.__path__, "edgewise."):
            if module.name.endswith(("._C", ".__main__")):
                continue
            try:
                importlib.import_module(module.name)
            except ImportError as error:
                failed += 1
                print(f"{module.name}: {error}", file=sys.stderr)
        for name in edgewise.__all__:
            getattr(edgewise, name)
        assert callable(edgewise.symbolic.regress)
    return failed


if __name__ == "__main__":
    sys.exit(main())
