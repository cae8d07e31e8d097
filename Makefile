.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
UV := $(or $(shell command -v uv 2>/dev/null),.tools/bin/uv)
PYTHON := .venv/bin/python
# Debian builds its Python optimised, as the image does: everything runs a quarter faster than with one that pyenv has
# compiled. Any other from 3.11 on will do, and UV_PYTHON says which.
ifneq ($(wildcard /usr/bin/python3.11),)
export UV_PYTHON ?= /usr/bin/python3.11
endif
PACKAGES := shared services workflows deploy
# Tests wait for servers half of their time: one process more than cores keeps two of them busy.
PROCESSES ?= 3

.PHONY: help run reset test rules check coverage bench mutation tour fix lock

help: ## show these lines
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | awk -F'|' '{printf "make %-8s %s\n", $$1, $$2}'

run: .venv/.ready ## start everything on this machine with demonstration data; Ctrl-C stops it
	@$(PYTHON) -m deploy.local run

reset: .venv/.ready ## stop what still runs and wipe the local state (.tanfang/)
	@$(PYTHON) -m deploy.local reset

test: .venv/.ready ## the whole test suite, against a real PostgreSQL and a real Temporal server
	@$(PYTHON) -m pytest --numprocesses=$(PROCESSES) --dist=loadfile

rules: .venv/.ready ## the tests of the rules and the policies alone, in a few seconds
	@$(MAKE) --no-print-directory --jobs=2 --output-sync --keep-going rules-of/domain rules-of/policies

# Two halves side by side: sharing tests out one by one costs half as much again as they do.
rules-of/domain: HALF = tests/domain tests/policies/test_probes.py
rules-of/policies: HALF = tests/policies --ignore=tests/policies/test_probes.py
rules-of/%: .venv/.ready
	@$(PYTHON) -m pytest -q $(HALF)

check: .venv/.ready ## every gate that needs no server: lint, format, types, imports, architecture
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy $(PACKAGES)
	@.venv/bin/lint-imports
	@$(PYTHON) -m pytest -q tests/architecture

coverage: .venv/.ready ## the branches of the rules and the policies that their own tests do not reach; must be none
	@HYPOTHESIS_PROFILE=mutation $(PYTHON) -m coverage run --source=shared/domain,shared/policies -m pytest -q tests/domain tests/policies
	@$(PYTHON) -m coverage report --skip-covered --show-missing --fail-under=100

bench: .venv/.ready ## measure speed and size and print the table; ONLY=pages measures that section
	@$(PYTHON) -m tests.bench $(ONLY)

mutation: .venv/.ready .tools/mutation/.ready ## the share of small changes of the rules that a test notices, per module
	@nice -n 19 $(PYTHON) -m tests.mutation $(ONLY)

tour: .venv/.ready ## take the README's pictures anew from a fresh demonstration
	@$(PYTHON) -m tests.browser.tour

fix: .venv/.ready ## let ruff mend and format what it can
	@.venv/bin/ruff check --fix-only .
	@.venv/bin/ruff format .

COMPILE = $(UV) pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url pyproject.toml

lock: | $(UV) ## pin the newest versions that pyproject.toml allows, for people and for the image
	@$(COMPILE) --all-extras --upgrade --output-file requirements.lock
	@$(COMPILE) --constraint requirements.lock --upgrade --output-file deploy/requirements.lock

# The lock names no index, so any mirror serves it. The project itself is installed last, editable and without a
# network, by the build backend that the lock has just put there. Everything is compiled here, once: `make run` starts
# a dozen processes, and where PYTHONDONTWRITEBYTECODE is set each would compile all it imports, at every start.
.venv/.ready: requirements.lock pyproject.toml | $(UV)
	@echo "installing the locked packages into .venv"
	@$(UV) venv --quiet --allow-existing .venv
	@$(UV) pip sync --quiet --compile-bytecode --require-hashes --python $(PYTHON) requirements.lock
	@$(UV) pip install --quiet --no-deps --no-build-isolation --offline --python $(PYTHON) --editable .
	@$(PYTHON) -m compileall -q $(PACKAGES)
	@touch $@

# An environment of its own: mutmut brings a dozen packages that nothing else needs, and the copy must not find us.
.tools/mutation/.ready: requirements.lock | $(UV)
	@$(UV) venv --quiet --allow-existing .tools/mutation/venv
	@$(UV) pip sync --quiet --require-hashes --python .tools/mutation/venv/bin/python requirements.lock
	@$(UV) pip install --quiet --python .tools/mutation/venv/bin/python mutmut==3.8.1
	@touch $@

.tools/bin/uv:
	@echo "installing uv into .tools"
	@python3 -m venv .tools || { echo "python3 cannot make a venv; on Debian and Ubuntu: sudo apt install python3-venv" >&2; exit 1; }
	@.tools/bin/pip install --quiet --disable-pip-version-check uv==0.13.9
