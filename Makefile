# Every target works with git, make and Python 3.11 or later; nothing else has to be installed first.
PYTHON ?= python3
VENV ?= .venv
PYTEST_ARGS ?=
PROCESSES ?= 2

BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help setup check format test demo bench lock clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

setup: $(STAMP) ## make .venv and install the locked libraries and the project into it

# The stamp keeps `make test` quick: pip runs again only after the lock file or pyproject.toml changed.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "OnRecord needs Python 3.11 or later, and '$(PYTHON)' is $$($(PYTHON) --version 2>&1 || true): try 'make PYTHON=python3.12 setup'." >&2; exit 2; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "'$(PYTHON)' cannot make virtual environments: install Debian's python3-venv (or your system's equivalent) and try again." >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $(STAMP)

check: setup ## lint, format, types and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@# djlint is GPL and therefore not installed by us; who has it gets the templates checked as well.
	@if command -v djlint >/dev/null 2>&1; then djlint --check --lint web/templates; \
	  else echo "djlint is not installed: the templates' format was not checked (optional)."; fi

format: setup ## put imports and lines in order
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

test: setup ## every test: SQLite and PostgreSQL, and a browser where a Chromium is found
	$(BIN)/python -m pytest -n $(PROCESSES) $(PYTEST_ARGS)

demo: setup ## load the demo archive, check its articles and serve it on 127.0.0.1:5000
	$(BIN)/onrecord demo --serve

bench: setup ## measure speed and quality
	$(BIN)/python -m bench
	$(BIN)/python -m bench.readers

# uv can resolve for several Pythons at once, which pip cannot; it is needed here only, so it gets its own place.
# The lock file must serve everybody: it names no index, no host and no path.
LOCK := $(VENV)-lock/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet

lock: ## resolve both lock files again (LOCK_ARGS=--upgrade for the newest releases)
	@test -x $(VENV)-lock/bin/uv || { $(PYTHON) -m venv $(VENV)-lock && $(VENV)-lock/bin/python -m pip install --quiet uv; }
	$(LOCK) $(LOCK_ARGS) --extra dev -o requirements.lock
	$(LOCK) --constraint requirements.lock -o requirements-runtime.lock
	@! grep -nE '://|^-|@ ' requirements.lock requirements-runtime.lock || { \
	  echo "A lock file names a place: see the lines above." >&2; exit 1; }

clean: ## remove what these targets made
	rm -rf $(VENV) $(VENV)-lock build dist htmlcov .coverage .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
