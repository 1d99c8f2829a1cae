# Everything that a newcomer types. Needs Python 3.11 or newer, make and git;
# each target makes what it needs.

.DEFAULT_GOAL := help
SHELL := /bin/sh

# Which Python makes the environment: the first of these that is new enough.
PYTHON ?= python3 python3.14 python3.13 python3.12 python3.11
# How many tests run at once, and extra arguments for pytest or the command.
WORKERS ?= 2
ARGS ?=

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
PYTEST := $(BIN)/python -m pytest --numprocesses=$(WORKERS) --dist=loadgroup \
	--durations=15 --durations-min=1
COMPILE := $(BIN)/python -m uv --no-config --quiet pip compile \
	--universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

# The environment is made once for each lock, pyproject.toml and place on disk.
READY := $(BIN)/.ready-$(shell { echo "$(CURDIR)"; cat requirements-dev.lock pyproject.toml; } \
	| cksum | cut -d ' ' -f 1)

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

.PHONY: demo
demo: $(READY) ## Run the main job, one melding end to end (ARGS=--json, and more)
	@$(BIN)/broker demo $(ARGS)

.PHONY: test
test: $(READY) ## Run the tests, two at a time (WORKERS=4; ARGS="-k name tests/wire")
ifneq ($(strip $(ARGS)),)
	$(PYTEST) $(ARGS)
else
	$(PYTEST) --cov --cov-report=
	@echo "Coverage of everything: $$($(BIN)/python -m coverage report --format=total)%"
	@echo "Coverage of broker/domain and broker/wire, which must be 100%:"
	@$(BIN)/python -m coverage report --include='broker/domain/*,broker/wire/*' \
		--show-missing --skip-covered --fail-under=100
endif

.PHONY: check check-format check-lint check-types check-imports audit
check: check-format check-lint check-types check-imports audit ## Check format, lint, types and import rules; audit the lock

check-format: $(READY)
	$(BIN)/python -m ruff format --check .

check-lint: $(READY)
	$(BIN)/python -m ruff check .

check-types: $(READY)
	$(BIN)/python -m mypy

check-imports: $(READY)
	PYTHONPATH=. $(BIN)/lint-imports --no-logo

audit: $(READY) ## Look every locked package up for known vulnerabilities (AUDIT=required)
	$(BIN)/python .ci/audit.py requirements-dev.lock

.PHONY: format
format: $(READY) ## Format the code, and mend what can be mended by itself
	$(BIN)/python -m ruff check --fix-only .
	$(BIN)/python -m ruff format .

.PHONY: soak
soak: $(READY) ## Run the long tests: the promises at full count
	$(PYTEST) --timeout=0 -m soak $(ARGS)

.PHONY: bench
bench: $(READY) ## Measure the fan-out beside its floor
	@$(BIN)/broker bench $(ARGS)

.PHONY: rules
rules: $(READY) ## Trace the rules to code and tests anew: what `broker rules` tells, docs/rules.md
	$(BIN)/python -m tests.tracing

.PHONY: mutants
mutants: $(READY) ## Break the code of each rule, and see a test of that rule fail (ARGS=PR-7.3)
	@$(BIN)/python -m tests.mutants $(ARGS)

.PHONY: lock
lock: $(READY) ## Make the lock files follow pyproject.toml (ARGS=--upgrade: newest versions)
	$(COMPILE) $(ARGS) --output-file requirements.lock pyproject.toml
	$(COMPILE) $(ARGS) --output-file requirements-dev.lock --group dev --constraint requirements.lock pyproject.toml
	$(COMPILE) $(ARGS) --output-file requirements-build.lock --group build --constraint requirements-dev.lock

.PHONY: clean
clean: ## Remove caches, reports and builds (not the environment, not your workspaces)
	rm -rf build dist ./*.egg-info .coverage .coverage.* htmlcov
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -path ./.venv -prune -o -name __pycache__ -type d -exec rm -rf {} +

$(READY):
	@for python in $(PYTHON); do \
		if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			found="$$python"; break; \
		fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo "make: no Python 3.11 or newer here (tried: $(PYTHON))." >&2; \
		echo "Hint: install one, or say which: make PYTHON=/path/to/python3.11" >&2; \
		exit 1; \
	fi; \
	echo "Making .venv with $$("$$found" --version); this takes a minute, once."; \
	if ! "$$found" -m venv --clear .venv; then \
		echo "Hint: on Debian and Ubuntu venv is a package of its own: apt install python3-venv" >&2; \
		exit 1; \
	fi
	@$(PIP) install -qq --require-hashes --no-deps --requirement requirements-dev.lock
	@$(PIP) install -qq --no-deps --no-build-isolation --editable .
	@touch $@
