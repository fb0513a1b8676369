# Two commands for a person: `make run` and `make test`. Everything lives in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test check format clean

run: $(VENV)/installed
	@$(BIN)/dateline gazetteer build --if-missing
	@$(BIN)/dateline ingest articles/collection
	@$(BIN)/dateline serve

test: $(VENV)/installed-dev check
	@$(BIN)/pytest -n auto --maxprocesses 4 --dist loadfile

check: $(VENV)/installed-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(VENV)/installed-dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

clean:
	rm -rf $(VENV) dashboard/static/vendor geodata/gazetteer/installed

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Dateline needs Python 3.11 or newer; name one with: make run PYTHON=python3.12" >&2; exit 1; }
	@echo "Setting up $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'

$(VENV)/installed: $(BIN)/python pyproject.toml package-lock.json build_assets.py
	@echo "Installing Dateline and its libraries (see README.md for how much that is) ..."
	@$(BIN)/python -m pip install --editable .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	@echo "Installing what the tests need ..."
	@$(BIN)/python -m pip install --group dev
	@touch $@
