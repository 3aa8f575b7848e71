# Every command of the project; CI runs the same ones. `make help` lists them.
PYTHON ?= python3
BIN := .venv/bin
SOURCES = $(wildcard webapp tests scripts bench torture)
RUNTIME := .venv/.runtime-installed
TOOLS := .venv/.tools-installed

.DEFAULT_GOAL := run
.PHONY: run test check bench lighthouse soak torture install lock static templates format clean help

run: $(RUNTIME) static ## install what is missing, migrate and serve at http://127.0.0.1:8000
	SETLOG_INSECURE_HTTP=1 $(BIN)/setlog serve

test: install ## run every test: all on SQLite with a browser, and all but the browser's on PostgreSQL
	CHROMIUM="$$(scripts/ensure-chromium)" && export CHROMIUM && scripts/test-both

check: install ## lint, types, known mistakes, and the tests that need no browser, on SQLite
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(SOURCES)
	$(BIN)/bandit --quiet -ll --configfile pyproject.toml --recursive webapp migrations scripts
	SETLOG_TEST_DATABASE=sqlite $(BIN)/python -m pytest -m "not browser"

bench: install ## measure speed and first load against the floor of this machine (ARGS=--full)
	$(BIN)/python -m bench $(ARGS)

soak: install ## watch a server's memory, files and tasks under mixed load (MINUTES=30)
	$(BIN)/python -m bench.soak --minutes $(or $(MINUTES),30)

lighthouse: install ## what Lighthouse says of the main pages on a phone (needs Node and Chromium)
	$(BIN)/python -m bench.lighthouse

torture: install ## break everything while sets are logged, then count (KILLS=1000, WHAT=rolling, store, failover)
	PATH="$$PATH:/usr/sbin" $(BIN)/python -m torture $(WHAT) --kills $(or $(KILLS),100)

install: $(TOOLS) static ## make .venv with Setlog and the development tools, from the locked versions

format: $(TOOLS) ## let ruff sort imports and lay out the code
	$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

lock: ## remake the locked requirements from pyproject.toml (needs uv)
	scripts/lock

static: $(RUNTIME) ## bundle the worker, compress static files, compile templates: what has changed of them
	@$(BIN)/python scripts/build_static.py

templates: $(TOOLS) ## make the gym flow's templates for the service worker anew (needs Chromium)
	$(BIN)/python scripts/precompile_templates.py

clean: ## remove the environment and everything built; var/ with the data stays
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find static \( -name edge.js -o -path static/app.js -o -name '*.br' -o -name '*.gz' \) -delete

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo "Setlog needs Python 3.11 or newer; name one with 'make PYTHON=...'." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	{ echo "Python's venv is missing: run 'sudo apt-get install python3-venv'." >&2; exit 1; }
	$(PYTHON) -m venv .venv

$(RUNTIME): requirements.txt pyproject.toml | $(BIN)/pip
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(TOOLS): requirements-dev.txt $(RUNTIME)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
