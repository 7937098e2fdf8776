# The front door. `make run` and `make test` are all a newcomer needs; `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
PROFILE ?= riga
# Compiled modules are kept: a start without them takes several times as long.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: run test check fix bench crawl install lock messages help axe

run: install  ## load the snapshot, rank it, show the best five, open the dashboard
	@$(BIN)/funding snapshot load
	@$(BIN)/funding embed
	@$(BIN)/funding match $(PROFILE) --top 5
	@$(BIN)/funding dashboard

test: $(VENV)/.dev axe  ## install what the tests need and run them all
	@$(BIN)/pytest -n auto $(ARGS)

check: $(VENV)/.dev  ## formatting, lint, types and the directions between the packages
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

fix: $(VENV)/.dev  ## mend formatting and what lint can mend
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(VENV)/.dev  ## speed and memory against a baseline in the same run; fails where a limit is broken
	@status=0; for file in benchmarks/*.py; do echo "== $$file"; $(BIN)/python $$file || status=1; done; exit $$status

messages: $(VENV)/.dev  ## bring the catalogues of matcher/languages up to the messages of code and templates
	@$(BIN)/python -m matcher.languages

crawl: install  ## read today's calls from their websites
	@$(BIN)/funding crawl

install: $(VENV)/.installed  ## make the virtual environment with the pinned packages

# The installer first, then everything with checked hashes, then torch, whose hash differs by index.
# Python compiles modules when they are first imported, which costs less than compiling all of them here.
INSTALL := $(PIP) install -qq --no-compile
$(VENV)/.installed: requirements/pip.txt requirements/build.txt requirements/runtime.txt requirements/torch.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=…")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing packages (once; a few minutes)"
	@$(INSTALL) --require-hashes -r requirements/pip.txt
	@$(INSTALL) --no-deps --require-hashes -r requirements/runtime.txt -r requirements/build.txt
	@$(INSTALL) -r requirements/torch.txt
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.installed requirements/dev.txt
	@$(INSTALL) --no-deps --require-hashes -r requirements/dev.txt
	@touch $@

# Without Node.js the tests that need axe-core are skipped and say so; REQUIRE_BROWSER=1 makes them fail instead.
AXE := tests/accessibility
axe: $(AXE)/node_modules/axe-core/axe.min.js
$(AXE)/node_modules/axe-core/axe.min.js: $(AXE)/package-lock.json
	@if command -v npm >/dev/null; then npm ci --prefix $(AXE) --silent && touch $@; else echo "no npm: accessibility is not tested"; fi || true

lock: $(VENV)/.dev  ## write requirements/*.txt anew from pyproject.toml
	@$(PIP) install --quiet pip-tools
	@PATH="$(CURDIR)/$(BIN):$$PATH" requirements/lock.sh

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10
