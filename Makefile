# Every target builds .venv from requirements.lock first, if it is missing or older.
PYTHON ?= python3
BIN := .venv/bin

# Hundreds of tests start the commands anew; these are compiled once, not each time.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test lint bench lock replay clean

demo: .venv/ready
	$(BIN)/nsarchive-verify demo

test: .venv/ready
	$(MAKE) --no-print-directory lint
	$(BIN)/python -m pytest -m "not alone" --numprocesses auto --maxprocesses 4 --dist loadgroup --no-loadscope-reorder
	$(BIN)/python -m pytest -m alone

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

# The two players of the replay tests. pywb has a virtual environment of its own,
# because it pins older releases of what this project uses; some of its parts are
# compiled here. Of ReplayWeb.page only its three files for browsers are taken.
replay: .venv-replay/ready .replaywebpage/ready

.venv-replay/ready: tests/archive/replay.lock
	$(PYTHON) -m venv .venv-replay
	.venv-replay/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r tests/archive/replay.lock
	touch .venv-replay/ready

PLAYER := replaywebpage@2.5.3
PLAYER_SHA512 := 9c28f63d238ddc1c5e489284f00b183f250bbf45cf64a2567f2e25f4fc90adef52ab02d9f9629956cfec7cba8f390e06ac7fb46248dbc0e86bf1c4931f4f20b1
.replaywebpage/ready: Makefile
	rm -rf .replaywebpage && mkdir .replaywebpage
	cd .replaywebpage && npm pack --silent $(PLAYER)
	$(PYTHON) -c 'import hashlib, sys; sys.exit(hashlib.sha512(open(sys.argv[1], "rb").read()).hexdigest() != sys.argv[2] and "another file than expected")' .replaywebpage/*.tgz $(PLAYER_SHA512)
	cd .replaywebpage && tar -xzf *.tgz --strip-components=1 package/index.html package/ui.js package/sw.js
	touch .replaywebpage/ready

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14) and "Python 3.11, 3.12 or 3.13 is needed; choose one with: make PYTHON=python3.12 ...")'
	@echo "Building .venv, which takes a minute or two."
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch .venv/ready

clean:
	rm -rf .venv .venv-replay .replaywebpage
