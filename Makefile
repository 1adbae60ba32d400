# make app starts Dialoogwijzer, make test checks everything; both first set up what they need.
BIN := .venv/bin
# One more than there are processors: a test that waits for a server or a file leaves its own to another.
WORKERS := $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
TOGETHER := $(BIN)/pytest -n $(WORKERS) --dist worksteal

# Many processes are started here; each would compile every library anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help app test check long quick golden format setup setup-check setup-test pins bom clean
.DEFAULT_GOAL := help
.NOTPARALLEL:

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-11s %s\n", $$1, $$2}'

app: setup ## set everything up and open the application in the browser
	@$(BIN)/dialoogwijzer app

test: setup-test quick ## set everything up and run every check
	$(TOGETHER) -m "not browser"
	CHROMIUM="$$(setup/prepare browser)" $(BIN)/pytest -n $(WORKERS) --dist loadfile tests/browser

check: setup-check quick ## the quick part of the checks, under a minute, without a browser
	$(TOGETHER) -m "not browser and not slow"

long: setup-test ## everything in full, and what survives kills and damaged files: hours
	LONG=1 CHROMIUM="$$(setup/prepare browser)" $(TOGETHER)
	$(BIN)/python -m benchmarks.server_kills
	$(BIN)/python -m benchmarks.reliability

quick:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@$(BIN)/pip-licenses >/dev/null || { echo "A licence is not on the list in pyproject.toml"; exit 1; }
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy --num-workers auto
	$(BIN)/dialoogwijzer check --sets 10

golden: setup-check ## write the golden texts anew after a change that is meant; read the difference before you commit it
	@$(BIN)/python -m tests.support.golden

format: setup-check ## put the code in its one layout
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

setup: ## only set up what the application needs
	@setup/prepare app

setup-check:
	@setup/prepare check

setup-test: ## only set up what the checks need
	@setup/prepare test

SUPPLY := build/supply/bin
COMPILE = $(SUPPLY)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

$(SUPPLY)/ready: constraints.txt setup/pip.txt
	python3 -m venv --clear build/supply
	$(SUPPLY)/python -m pip install --quiet --require-hashes -r setup/pip.txt
	$(SUPPLY)/python -m pip install --quiet --require-hashes -c constraints.txt uv cyclonedx-bom pip-licenses
	@touch $@

pins: $(SUPPLY)/ready ## write versions with hashes to constraints.txt; UPGRADE="--upgrade" takes the newest
	$(COMPILE) $(UPGRADE) --all-extras pyproject.toml -o constraints.txt
	printf 'pip\nsetuptools>=77\n' | $(COMPILE) $(UPGRADE) - -c constraints.txt -o setup/pip.txt

bom: $(SUPPLY)/ready ## write the bill of materials and the list of licences of what users install
	ENV=build/app EXTRAS=cluster,hosted,postgres setup/prepare app
	build/app/bin/python -m pip uninstall --quiet --yes dialoogwijzer  # it is no library, and names a folder of here
	$(SUPPLY)/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible --of JSON \
		-o docs/bom.cdx.json build/app/bin/python
	$(SUPPLY)/pip-licenses --python=build/app/bin/python --format=markdown --with-urls --output-file=docs/licences.md

clean: ## remove everything that was set up or made here; your assessments stay
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
