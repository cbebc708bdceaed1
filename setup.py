"""The optional C++ extension; everything else is in pyproject.toml.

Where it can't be built (no compiler, or no torch at build time) the package installs without it,
computes on the reference engine, and `edgewise env` says what is missing.
"""

import sys
from pathlib import Path
from typing import Any

from setuptools import setup


def without_extension(reason: object) -> None:
    """Say that the package goes without its native engine."""
    print(f"edgewise: installing without the native engine: {reason}", file=sys.stderr)


def is_current() -> bool:
    """Whether the package holds an extension that is newer than all that one is made of."""
    made = [path.stat().st_mtime for path in Path("src/edgewise").glob("_C.*")]
    sources = [path.stat().st_mtime for path in (Path("setup.py"), *Path("csrc").iterdir())]
    return bool(made) and min(made) > max(sources)


def extension() -> dict[str, Any]:
    """The extension's arguments to setup(), or none where there is no torch to build against."""
    try:
        from torch.utils.cpp_extension import BuildExtension, CppExtension
    except ImportError as error:
        without_extension(error)
        return {}

    class OptionalBuild(BuildExtension):
        def run(self) -> None:
            if self.editable_mode and is_current():
                self.extensions = []  # it stands where it would be copied to
                return
            # Whatever a compiler, or its absence, can throw: none of it may stop the install.
            try:
                super().run()
            except Exception as error:
                without_extension(error)
                self.extensions = []  # nothing to copy into the package either

    ext = CppExtension(
        "edgewise._C",
        sorted(str(path) for path in Path("csrc").glob("*.cpp")),
        depends=sorted(str(path) for path in Path("csrc").glob("*.h")),
        py_limited_api=True,
        extra_compile_args=[
            *("-O3", "-g0", "-std=c++20", "-fvisibility=hidden", "-Wno-psabi"),
            *("-DTORCH_TARGET_VERSION=0x020a000000000000", "-DPy_LIMITED_API=0x030A0000"),
        ],
    )
    return {
        "ext_modules": [ext],
        "cmdclass": {"build_ext": OptionalBuild},
        "options": {"bdist_wheel": {"py_limited_api": "cp310"}},
    }


setup(**extension())
