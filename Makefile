# make setup | demo | test | lint | mutants | mutation | fuzz | bench; everything is set up by itself, from a clean clone.
# On a fresh Debian 12 git, make and Python 3.11 are enough.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
export UV_PYTHON_PREFERENCE := only-system
unexport PYTHONDONTWRITEBYTECODE # else every command would compile the house anew

BOOTSTRAP := .venv-uv
UV := $(shell command -v uv || echo $(BOOTSTRAP)/bin/uv)
RUN := .venv/bin
WORKERS ?= 2
SERVE ?= yes
FAST := $(addprefix tests/,test_layout.py test_retrying.py casework complaints credentials enforcement files geography \
	journal language letters licensing meetings notices offices payments people register regulation)

.PHONY: help setup demo test test-siting test-sqlite test-postgres test-fast all lint browser pages pictures mutants mutation fuzz seeds bench clean

help: ## say what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | column -t -s "$$(printf '\t')"

setup: .venv/ready ## install everything into .venv/: what the house runs on, and what checks and tests it

.venv/ready .venv/runs: pyproject.toml uv.lock siting/pyproject.toml
	@command -v uv >/dev/null || test -x $(BOOTSTRAP)/bin/uv || bash tools/bootstrap.sh $(BOOTSTRAP)
	$(UV) sync --frozen --quiet $(if $(filter %/runs,$@),--no-default-groups --inexact)
	@touch $@

demo: .venv/runs ## install what running needs, load Lorestan, play its half year, print the bulletin, serve it (SERVE=no: stop after the bulletin)
	$(RUN)/pishkhan demo $(if $(filter no,$(SERVE)),--no-serve)

browser: setup ## see to a Chromium for the tests in a browser
	bash tools/chromium.sh $(RUN)

test: setup browser ## run the siting kernel's tests, then the whole suite on SQLite and on PostgreSQL
	$(MAKE) --no-print-directory test-siting
	$(MAKE) --no-print-directory test-sqlite
	$(MAKE) --no-print-directory test-postgres

test-siting: setup
	cd siting && ../$(RUN)/python -m pytest -q

test-sqlite: setup browser
	env -u DATABASE_URL $(RUN)/python -m pytest -n $(WORKERS) --dist loadgroup -q

test-postgres: setup browser
	$(RUN)/python tests/on_postgres.py $(RUN)/python -m pytest -n $(WORKERS) --dist loadgroup -q

test-fast: setup ## run on SQLite, in under 90 seconds, what starts no browser and no process, nor looks at visits: between commits
	env -u DATABASE_URL $(RUN)/python -m pytest --fast -n $(WORKERS) --dist worksteal -q $(FAST)

all: lint test mutants fuzz seeds pages pictures bench ## everything there is, but for mutation: several hours

lint: setup ## check style, types, floors, migrations and the generated manual
	$(RUN)/ruff check
	$(RUN)/ruff format --check --quiet
	$(RUN)/djangofmt --check --quiet src
	$(RUN)/djangofmt check --quiet src
	$(RUN)/ruff check --config siting/pyproject.toml siting benchmarks/siting
	$(RUN)/ruff format --check --quiet --config siting/pyproject.toml siting benchmarks/siting
	$(RUN)/mypy
	$(RUN)/mypy --config-file siting/pyproject.toml siting/src/siting
	$(RUN)/lint-imports
	$(RUN)/python -m django makemigrations --check --dry-run --settings pishkhan.site.configuration.settings
	$(RUN)/pishkhan manual --check

mutants: setup ## sabotage the house in many places; the suite must notice each
	$(RUN)/python tests/mutants.py
	$(RUN)/python tests/on_postgres.py $(RUN)/python tests/mutants.py

mutation: setup ## change an app in many small ways, drawn by a seed (APP=people SEED=1 SAMPLE=60); tests must notice
	APP=$(APP) SEED=$(SEED) SAMPLE=$(SAMPLE) AGAIN=$(AGAIN) TESTS=$(TESTS) $(RUN)/python tests/mutation.py

fuzz: setup ## ask the API and the rules at random, for much longer than the suite does
	PISHKHAN_FUZZ=yes $(RUN)/python tests/on_postgres.py $(RUN)/python -m pytest -n $(WORKERS) -q tests/site/test_any_request.py tests/language tests/journal \
		tests/inspections/test_many_phones.py

seeds: setup ## play twenty other stories of the demo, to other ends; the journal must bear out what each bulletin says
	env -u DATABASE_URL $(RUN)/python tests/seeds.py $(SEED)

pages: setup browser ## look at every page as every role sees it, with few rows and with many
	$(RUN)/python -m devtools pages

pictures: setup browser ## make pictures of every page of a demo, in var/pictures/
	$(RUN)/pishkhan demo --no-serve
	$(RUN)/python -m devtools pictures

bench: setup ## measure; ratios in one run
	$(RUN)/python benchmarks/casework.py
	$(RUN)/python tests/on_postgres.py $(RUN)/python benchmarks/casework.py
	$(RUN)/python -m benchmarks.pages
	$(RUN)/python benchmarks/rounds.py
	$(RUN)/python benchmarks/durability.py

clean: ## remove the environment and everything in var/
	rm -rf .venv .venv-uv var
