# Everything from nothing: a Python ≥ 3.10 and make are enough.
PYTHON ?= python3
VENV ?= .venv
MODEL ?= fastkan
# For a CPU-only torch from PyTorch's own index:
#   make demo TORCH="torch --index-url https://download.pytorch.org/whl/cpu"
TORCH ?= "torch>=2.10"

# VENV may be another checkout's, too: make sanitize VENV=../main/.venv
BIN := $(abspath $(VENV))/bin

.PHONY: demo test lowest fuzz evidence docs wheel check install sanitize races clean

demo: install
	$(BIN)/edgewise train mnist --model $(MODEL) --out runs/demo-$(MODEL) --resume

# Two processes with a thread each get more done than one with two that wait for each other. Tests of
# threads ask for theirs, and those wait without keeping a core busy. What Python compiles is kept,
# whatever the shell says: pytest takes 8 s to write its assertions into all tests anew.
test: check
	PYTHONDONTWRITEBYTECODE= OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 OMP_WAIT_POLICY=passive \
		$(BIN)/python -m pytest -n auto --maxprocesses 8 --dist worksteal

# The lowest versions that pyproject.toml declares, in an environment of their own, of Python 3.10 where
# uv finds one: every module is imported, and the rooms that lean most on other programs are tested.
# Their own warnings of what came later are no errors there.
LOWEST := build/lowest/bin
lowest:
	$(PYTHON) -m venv build/uv
	build/uv/bin/pip install --quiet uv
	build/uv/bin/uv venv --quiet --clear --python 3.10 build/lowest
	build/uv/bin/uv pip compile --quiet pyproject.toml --extra all --resolution lowest-direct \
		--python build/lowest/bin/python -o build/lowest.txt
	build/uv/bin/uv pip install --quiet --python build/lowest/bin/python -r build/lowest.txt \
		"setuptools>=77" wheel pytest pytest-timeout hypothesis polars
	build/uv/bin/uv pip install --quiet --python build/lowest/bin/python --no-build-isolation --no-deps -e .
	$(LOWEST)/python tests/import_everything.py
	$(LOWEST)/python -m pytest -o filterwarnings=default tests/models tests/symbolic tests/surgery tests/additive tests/interop

# More of what tests/fuzz tries a little of: FUZZ times as many examples, of other seeds each time.
FUZZ ?= 100
fuzz: install
	EDGEWISE_FUZZ=$(FUZZ) $(BIN)/python -m pytest tests/fuzz --timeout=0

# A quick form of every question of benchmarks/ in less than a quarter of an hour on two cores, and the
# page of them all: runs/benchmarks/report.html. Stopped, it goes on where it was.
evidence: install
	$(BIN)/python -m benchmarks.evidence

# The site: docs/_build/html/index.html. Tutorials run while it is built; a warning stops it, and all
# warnings are printed at the end.
# SITE is the address where it will stand, if that is known: links then show a picture.
SITE ?=
docs: install
	$(BIN)/python -m pip install --quiet "edgewise[docs]"  # what is installed, and the extra
	$(BIN)/python -m sphinx -q -W --keep-going -w docs/_build/warnings.txt -j auto -D html_baseurl=$(SITE) \
		docs docs/_build/html || { cat docs/_build/warnings.txt; exit 1; }

# A source archive and a wheel of the stable ABI in dist/; the wheel is tried in an environment of
# its own, in which there is nothing but it and what it needs.
wheel: $(VENV)/.torch
	rm -rf dist build/try
	$(BIN)/python -m build --no-isolation --outdir dist
	$(PYTHON) -m venv build/try
	build/try/bin/python -m pip install --quiet $(TORCH)
	build/try/bin/python -m pip install --quiet dist/*.whl
	cd build/try && bin/python $(CURDIR)/tests/wheel_smoke.py

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

install: $(VENV)/.installed

# The pip that comes with the environment, torch first and no build isolation: an isolated build
# would fetch a torch of its own. An extension that is newer than its sources isn't compiled again.
$(VENV)/.torch:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet $(TORCH)  # an index given there has torch alone
	$(BIN)/python -m pip install --quiet "setuptools>=77" wheel build
	touch $@

$(VENV)/.installed: pyproject.toml setup.py $(wildcard csrc/*) | $(VENV)/.torch
	$(BIN)/python -m pip install --quiet --no-build-isolation -e ".[test]"
	touch $@

clean:
	rm -rf $(VENV) build src/*.egg-info src/edgewise/_C*.so .pytest_cache .mypy_cache .ruff_cache

# Copies with sanitizers are compiled on their own. They need an environment that was installed once, of
# these sources or of others.
INSTALLED_ONCE := $(if $(wildcard $(VENV)/.installed),,install)

# A copy of the project in build/$(1) whose extension is compiled with those sanitizers.
define sanitized
	rm -rf build/$(1) && mkdir -p build/$(1)
	cp -r csrc setup.py pyproject.toml README.md LICENSE src tests build/$(1)/
	rm -f build/$(1)/src/edgewise/_C*
	sed -i 's/"-O3", "-g0"/"-O1", "-g1"/' build/$(1)/setup.py
	cd build/$(1) && CFLAGS="-fsanitize=$(2)" LDFLAGS="-fsanitize=$(2)" $(BIN)/python setup.py build_ext --inplace
endef

# The extension under AddressSanitizer and UBSan, through the tests of its operators.
# GCC aligns variables on the sanitizer's fake stack to 32 bytes, where AVX-512 needs 64 (its bug
# 110027): without detect_stack_use_after_return there is none.
SANITIZED := $(foreach name,op jet_op native edge_weights equidistance,tests/conformance/test_$(name).py)
sanitize: $(INSTALLED_ONCE)
	$(call sanitized,sanitize,address -fsanitize=undefined -fno-sanitize-recover=undefined)
	cd build/sanitize && ASAN_OPTIONS=detect_leaks=0:detect_stack_use_after_return=0 LD_PRELOAD="$$(gcc -print-file-name=libasan.so) $$(gcc -print-file-name=libstdc++.so)" \
		PYTHONPATH=src $(BIN)/python -m pytest $(SANITIZED) -k "not compile"

# The extension under ThreadSanitizer: threads that use one model at once, for so many seconds.
RACES ?= 60
races: $(INSTALLED_ONCE)
	$(call sanitized,races,thread)
	cd build/races && gcc -shared -fPIC -O1 -g -fsanitize=thread tests/conformance/openmp.c -o openmp.so
	cd build/races && TSAN_OPTIONS=history_size=4 LD_PRELOAD="$$(gcc -print-file-name=libtsan.so) $$PWD/openmp.so" \
		PYTHONPATH=src OPENBLAS_NUM_THREADS=1 $(BIN)/python tests/conformance/races.py $(RACES)
