# make app starts Dialoogwijzer, make test checks everything; both first set up what they need.
BIN := .venv/bin

.PHONY: help app test check quick format setup setup-check setup-test pins clean
.DEFAULT_GOAL := help
.NOTPARALLEL:

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-11s %s\n", $$1, $$2}'

app: setup ## set everything up and open the application in the browser
	@$(BIN)/dialoogwijzer app

test: setup-test quick ## set everything up and run every check
	CHROMIUM="$$(setup/prepare browser)" $(BIN)/pytest -n auto -m "not browser"
	CHROMIUM="$$(setup/prepare browser)" $(BIN)/pytest -n 3 --dist loadfile -m browser || { \
		echo "== Once more what failed in the browser, one at a time: with others beside it, it may have come too late"; \
		CHROMIUM="$$(setup/prepare browser)" $(BIN)/pytest -m browser --last-failed --last-failed-no-failures none; }

check: setup-check quick ## the quick part of the checks, under a minute, without a browser
	$(BIN)/pytest -n auto -m "not browser and not slow"

quick:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/dialoogwijzer check

format: setup-check ## put the code in its one layout
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

setup: ## only set up what the application needs
	@setup/prepare app

setup-check:
	@setup/prepare check

setup-test: ## only set up what the checks need
	@setup/prepare test

pins: ## write the versions that are installed now to constraints.txt
	@$(BIN)/python -m pip freeze --all --exclude pip --exclude-editable | LC_ALL=C sort -f > constraints.txt

clean: ## remove everything that was set up or made here; your assessments stay
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
