# Trang's commands. `make demo` needs Python 3.11 or newer and nothing else.

VENV := .venv
RUN := $(VENV)/bin/python
# Python's caches would lie about in the source; what a start-up saves by them is a fraction of a second.
MANAGE := PYTHONDONTWRITEBYTECODE=1 $(RUN) manage.py
SERVERS := postgresql redis elasticsearch
PIP := $(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes

.DEFAULT_GOAL := help
.PHONY: help demo setup serve servers stop test faults screenshots guide lint openapi messages backup restore clean

help: ## list these commands
	@echo "make demo      install, load the demo content and serve it on PORT (8000 unless set)"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile | grep -v '^make demo' | expand -t 15

demo: $(VENV)/installed ## as setup, then serve
	@$(MANAGE) serve --demo

setup: $(VENV)/installed ## install and load the demo content, without serving
	@$(MANAGE) prepare --demo

serve: $(VENV)/installed ## serve what there is, without demo content
	@$(MANAGE) serve --prepare

backup: $(VENV)/installed ## write database and media into one file (FILE=… names it)
	@$(MANAGE) backup $(if $(FILE),"$(FILE)")

restore: $(VENV)/installed ## go back to a backup: make restore FILE=…
	@$(if $(FILE),,$(error Which backup? make restore FILE=var/backups/….zip))$(MANAGE) restore "$(FILE)"

servers: ## fetch and start PostgreSQL, Redis and Elasticsearch for development and tests, without Docker
	@for server in $(SERVERS); do scripts/$$server start || exit; done

stop: ## stop these servers
	@for server in $(SERVERS); do scripts/$$server stop; done

test: $(VENV)/installed-dev ## run all tests; again on PostgreSQL and Elasticsearch where they have been fetched
	@scripts/test $(ARGS)

faults: $(VENV)/installed-dev servers ## break the real servers in full, and print what was measured
	@FAULTS=full $(RUN) -m pytest tests/faults

screenshots: $(VENV)/installed-dev ## save pictures of every kind of page, for people to look at
	@mkdir -p var/screenshots
	@SCREENSHOTS=1 $(RUN) -m pytest tests/browser/test_pages.py -k usable

guide: $(VENV)/installed-dev ## take the pictures of docs/editors.md anew
	@GUIDE=1 $(RUN) -m pytest tests/browser/test_guide.py

lint: $(VENV)/installed-dev ## check style, types and who imports whom
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

openapi: $(VENV)/installed ## write docs/openapi.json, the description of the API (ARGS=--release promises it to apps)
	@$(MANAGE) openapi $(ARGS)

messages: $(VENV)/installed ## bring the catalogue in locale/ up to date with the code (needs gettext)
	@$(MANAGE) makemessages --locale vi --no-location --no-wrap --no-obsolete --ignore var --ignore tests --ignore examples

clean: ## remove caches; content stays
	rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -path ./$(VENV) -prune -o -name __pycache__ -type d -exec rm -rf {} +

# Stamps inside the environment: installing happens again when the list of requirements is newer.
$(VENV)/installed: requirements.txt | $(RUN)
	@echo "Installing what requirements.txt lists (once)"
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt $(VENV)/installed
	@echo "Installing what requirements-dev.txt lists (once)"
	@$(PIP) -r requirements-dev.txt
	@touch $@

$(RUN):
	@python=$$(PYTHON='$(PYTHON)' sh scripts/find-python) && "$$python" -m venv --clear $(VENV)
