# make run    the dashboard on http://127.0.0.1:8501 (make run ARGS="--workspace my.duckdb --port 9000")
# make test   every test
# make check  what CI runs: format, lint, types, layers, every test with coverage
# make fix    format and mend what can be mended by rule
# make bench  the benchmarks; each prints a ratio against a peer
# The first call makes .venv and installs into it; pip reads PIP_* variables and pip.conf as always.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.installed
ARGS ?=

.PHONY: run test check fix bench
.DELETE_ON_ERROR:

run: $(READY)
	$(BIN)/python app.py $(ARGS)

test: $(READY)
	$(BIN)/python -m pytest $(ARGS)

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) --no-print-directory test ARGS="--cov --cov-report=term $(ARGS)"

fix: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(READY)
	@set -e; for script in benchmarks/*.py; do echo "== $$script"; $(BIN)/python "$$script" $(ARGS); done

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo 'Sift needs Python 3.11 or newer. Name one that you have: make run PYTHON=python3.12' >&2; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo 'Python here cannot make a virtual environment. On Debian or Ubuntu: sudo apt install python3-venv' >&2; exit 1; }
	@echo 'Installing into $(VENV) (a few minutes the first time)'
	$(BIN)/pip install --quiet --editable '.[dev]'
	@touch $@
