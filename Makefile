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

# A test run starts some 150 Python processes; where this is set, each compiles all that it imports.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help install check test run up down status logs build deploy lock format clean python
.PHONY: bench docs fuzz security-table findings-coverage reconcile releases rollback prune attach-triggers detach-triggers import-provider load

help: ## Show what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-17s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: python ## Install all that development needs; quick when nothing has changed
	@$(SET_UP)

check: install ## Lint, types, import rules, the template and the packages, as CI does
	@$(SET_UP) checks
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(SAM) validate --lint
	$(BIN)/cfn-lint template.yaml
	@$(MAKE) --no-print-directory .local/checks/template-is-good
	@PYTHONPATH=local $(BIN)/python -m package_audit

# Fifteen seconds, so only after a change of what is judged or of the judge.
.local/checks/template-is-good: template.yaml .checkov.yaml local/requirements-checks.txt
	.local/checks/bin/checkov --config-file .checkov.yaml
	@touch $@

test: python ## Run every test, browsers included; TESTS= narrows it
	@$(SET_UP) tools emulator provider clients chromium build
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

# What was answered at the last deployment; the processor is among it, and the build must know.
DEPLOYMENT := deployment.toml
ARCHITECTURE ?= $(or $(shell sed -n 's/.*Architecture=."\([a-z0-9_]*\).*/\1/p' $(DEPLOYMENT) 2>/dev/null),arm64)

build: install ## Build for AWS, as `make deploy` does first; ARCHITECTURE= arm64 or x86_64
	$(SAM) build --parameter-overrides Architecture=$(ARCHITECTURE)
	@$(BIN)/python -m local_stack.compiled

deploy: build ## Deploy to your AWS account, asking what it needs to know
	@test -e $(DEPLOYMENT) || { cp samconfig.toml $(DEPLOYMENT); \
	  echo 'parameter_overrides = "Architecture=\"$(ARCHITECTURE)\""' >> $(DEPLOYMENT); }
	$(SAM) deploy --guided --config-file $(CURDIR)/$(DEPLOYMENT)
	@echo "When it has gone well: make prune STACK=$$(sed -n 's/^stack_name = "\(.*\)"/\1/p' $(DEPLOYMENT))"

bench: install ## Say what a sign-in costs, as ratios; nothing is asserted
	@$(BIN)/python bench/sign_in.py

# On this machine the stack of PORT; on AWS, with your credentials, the stack that STACK= names.
DRY_RUN ?= true
CHECK_DRY_RUN := case "$(DRY_RUN)" in true|false) ;; *) echo "DRY_RUN is true or false"; exit 1;; esac
HAS_STACK := $(filter command line,$(origin STACK))
OF_STACK := $(if $(HAS_STACK),$(STACK),authsso-local)
HERE := -u AWS_PROFILE -u AWS_SESSION_TOKEN AWS_ENDPOINT_URL=http://127.0.0.1:$(PORT) \
	AWS_DEFAULT_REGION=eu-central-1 AWS_REGION=eu-central-1 \
	AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test
OPERATE = @$(CHECK_DRY_RUN); \
	env $(if $(HAS_STACK),,$(HERE)) PYTHONPATH=local $(BIN)/python -m operating
UNLESS_DRY = $(if $(filter true,$(DRY_RUN)),--dry-run)

reconcile: install ## Compare the pool's providers with the connections; DRY_RUN=false repairs
	$(OPERATE).reconcile $(OF_STACK) $(UNLESS_DRY)

releases: install ## Say which version of each function is live, and which was before; STACK=
	$(OPERATE).releases show $(OF_STACK)

rollback: install ## Undo the last deployment's code: STACK=; DRY_RUN=false does it
	$(OPERATE).releases rollback $(OF_STACK) $(UNLESS_DRY)

prune: install ## Delete versions that nobody would go back to: STACK=; DRY_RUN=false does it
	$(OPERATE).releases prune $(OF_STACK) $(UNLESS_DRY)

# On AWS alone, with your credentials: docs/existing-pool.md.
EXISTING_POOL = @$(CHECK_DRY_RUN); \
	test "$(origin STACK)" = "command line" || { echo "Which stack? STACK=..."; exit 1; }; \
	PYTHONPATH=local $(BIN)/python -m existing_pool

attach-triggers: install ## Put our triggers on the existing user pool of STACK=; DRY_RUN=false does it
	$(EXISTING_POOL) attach $(STACK) $(UNLESS_DRY)

detach-triggers: install ## Take them off again, and leave what was there; DRY_RUN=false does it
	$(EXISTING_POOL) detach $(STACK) $(UNLESS_DRY)

import-provider: install ## Take a provider of the pool over: STACK= PROVIDER= TENANT=; DRY_RUN=false does it
	$(EXISTING_POOL).import_provider $(STACK) $(if $(PROVIDER),--provider "$(PROVIDER)") \
		$(if $(TENANT),--tenant "$(TENANT)") $(UNLESS_DRY)

load: install ## Sign many people in while a provider fails; `make up` first, SECONDS= each phase
	@PYTHONPATH=tests $(BIN)/python tests/load.py --stack .local/run-$(PORT)/stack.json --seconds $(SECONDS)

lock: python ## Pin every dependency anew, with hashes
	@$(SET_UP) lock

format: install ## Format and sort, where a tool can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: install ## Write the catalogue of findings into docs/errors.md
	@PYTHONPATH=local $(BIN)/python -m findings_book docs

findings-coverage: install ## Say how many of the known failures the catalogue names
	@PYTHONPATH=local $(BIN)/python -m findings_book coverage

clean: ## Remove all that make has made
	@if [ -x $(BIN)/python ]; then $(STACK) down --port $(PORT) --quiet; fi
	rm -rf .venv .local .aws-sam local/demo_provider/node_modules tests/clients/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 13))' >/dev/null 2>&1 || { \
	  echo "Python 3.13 was not found as '$(PYTHON)'. Install it, or say: make PYTHON=/path/to/python3.13"; exit 1; }
