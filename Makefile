# What a developer does here. The logic is in local/local_stack.

PYTHON ?= python3.13
PORT ?= 4700
BIN := .venv/bin
SET_UP := PYTHONPATH=local $(PYTHON) -m local_stack.set_up
SAM := env SAM_CLI_TELEMETRY=0 PATH="$(CURDIR)/.local/sam/bin:$(PATH)" sam
STACK := $(BIN)/python -m local_stack
TESTS ?=
SECONDS ?= 20
REPORT ?=

.DEFAULT_GOAL := help
.PHONY: help install check test security-table fuzz run up down status logs build deploy lock format clean python

help: ## Show what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: python ## Install all that development needs; quick when nothing has changed
	@$(SET_UP)

check: install ## Lint, types, import rules and the template, as CI does
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(SAM) validate --lint
	$(BIN)/cfn-lint template.yaml

test: install ## Run every test, browsers included; TESTS= narrows it
	@$(SET_UP) chromium
	$(BIN)/pytest $(TESTS)

security-table: install ## Show which test holds which attack off, or why none does; REPORT= a junit.xml
	@$(BIN)/python -m harness.security_rows $(REPORT)

fuzz: install .local/fuzz ## Fuzz every parser of outside input; SECONDS= each
	@PYTHONPATH=.local/fuzz $(BIN)/python tests/fuzz.py --seconds $(SECONDS)

.local/fuzz: requirements-fuzz.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade --target $@ -r $<
	@touch $@

run: install ## Run the whole stack on this machine until Ctrl-C; PORT= chooses where
	@$(STACK) run --port $(PORT)

up: install ## The same in the background; addresses are in .local/stack.json
	@$(STACK) up --port $(PORT)

down: install ## Stop what `make up` started
	@$(STACK) down --port $(PORT)

status: install ## Say what runs
	@$(STACK) status --port $(PORT)

logs: install ## Show what the functions wrote
	@$(STACK) logs --port $(PORT)

build: install ## Build for AWS, as `make deploy` does first
	$(SAM) build

deploy: build ## Deploy to your AWS account, asking what it needs to know
	$(SAM) deploy --guided

lock: python ## Pin every dependency anew, with hashes
	@$(SET_UP) lock

format: install ## Format and sort, where a tool can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean: ## Remove all that make has made
	@if [ -x $(BIN)/python ]; then $(STACK) down --port $(PORT) --quiet; fi
	rm -rf .venv .local .aws-sam local/demo_provider/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 13))' >/dev/null 2>&1 || { \
	  echo "Python 3.13 was not found as '$(PYTHON)'. Install it, or say: make PYTHON=/path/to/python3.13"; exit 1; }
