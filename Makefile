# Every target builds .venv from requirements.lock first, if it is missing or older.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test lint bench lock replay clean

demo: .venv/ready
	$(BIN)/nsarchive-verify demo

test: .venv/ready
	$(MAKE) --no-print-directory lint
	$(BIN)/python -m pytest

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/ready
	$(BIN)/python -m tests.bench

# Needs uv or pip-tools; everything else here does not.
lock:
	uv pip compile --quiet --generate-hashes --no-emit-index-url --universal \
	  --python-version 3.11 --extra dev --extra bench pyproject.toml --output-file requirements.lock

# pywb, for the replay test; a virtual environment of its own, because it pins
# older releases of what this project uses. Some of its parts are compiled here.
replay: .venv-replay/ready

.venv-replay/ready: tests/archive/replay.lock
	$(PYTHON) -m venv .venv-replay
	.venv-replay/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r tests/archive/replay.lock
	touch .venv-replay/ready

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14) and "Python 3.11, 3.12 or 3.13 is needed; choose one with: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch .venv/ready

clean:
	rm -rf .venv .venv-replay
