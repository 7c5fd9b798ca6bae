# Every target works on a fresh machine: it first sets up what it needs (deploy/setup, nothing but Python 3.11 and pip).

PYTHON ?= python3
SETUP := $(PYTHON) -m deploy.setup
VENV := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help run check test soak bench docs format locks clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## Set everything up and start Parley with a sample company
	@$(SETUP) app
	@exec env -u PYTHONDONTWRITEBYTECODE $(VENV) -m app serve --sample

check: ## Formatting, types, import contracts, house rules and every quick test that starts no server
	@$(SETUP) check
	@exec $(VENV) -m tests.run check

test: ## All checks and all tests: real Rasa, browser, PostgreSQL, Dovecot and Postfix
	@$(SETUP) test
	@exec $(VENV) -m tests.run test

soak: ## The long tests and full benches; takes hours
	@$(SETUP) test
	@exec $(VENV) -m tests.run soak

bench: ## Every bench in its quick form; one: .venv/bin/python -m bench NAME
	@$(SETUP) test
	@exec $(VENV) -m bench all --quick

docs: ## Check that docs/ says what the code does
	@$(SETUP) check
	@exec $(VENV) -m pytest tests/test_docs.py

format: ## Format Python and TypeScript, and mend what can be mended by itself
	@$(SETUP) check
	@.venv/bin/ruff check --fix-only --quiet .
	@.venv/bin/ruff format .

locks: ## Work out the locked versions anew from pyproject.toml and the .in files
	@$(SETUP) check
	@$(SETUP) locks

clean: ## Remove what was made: environments, builds, caches; var/ with your data stays
	rm -rf .venv .venv-rasa web/node_modules web/dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
