# What can be done here; `make` alone lists it.

PYTHON ?= python3
HOST   ?= localhost
PORT   ?= 8000
JOBS   ?= 2

VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --quiet --disable-pip-version-check
LOCK   := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
          --no-annotate --custom-compile-command 'make lock' pyproject.toml

.DEFAULT_GOAL := help
.PHONY: help run test lint soak pictures messages places lock clean chromium ldap

help: ## List what can be done
	@awk -F ':.*## ' '/^[a-z%-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/installed-run ## Start the demo: a company, two simulated clusters, the site (PORT=8001 for another port, FRESH=1 to start over)
	@$(BIN)/python -m clicktodial.demo --host $(HOST) --port $(PORT) $(if $(FRESH),--fresh)

test: lint chromium ldap ## Check style and types, then run every test (JOBS=2 at a time)
	@$(BIN)/python -m pytest -n $(JOBS) --dist worksteal

lint: $(VENV)/installed-test ## Check style, types and who may import whom
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench-%: $(VENV)/installed-test ## Measure one thing, such as make bench-dial
	@$(BIN)/python -m tests.benchmarks.$*

soak: $(VENV)/installed-test ## Have two hosts work for a quarter of an hour with clicks, searches and imports at once (MINUTES=15)
	@$(BIN)/python -m tests.soak --minutes $(or $(MINUTES),15)

pictures: $(VENV)/installed-test chromium ## Take the pictures in docs/pictures anew, and of every page into var/album, from the demo
	@$(BIN)/python -m tests.browser.pictures
	@$(BIN)/python -m tests.browser.album

messages: $(VENV)/installed-test ## Bring the translations in locale/ up to date with the source (takes GNU gettext)
	@$(BIN)/python -m tests.languages.gather

places: $(VENV)/installed-test ## Write the names of countries and of towns by area code anew
	@$(BIN)/python -m tests.dialplan.gather_places

lock: | $(BIN)/python ## Write requirements/*.txt anew from pyproject.toml
	@$(PIP) install uv
	@echo 'django<6' > $(VENV)/long-term-support
	$(LOCK) --constraint $(VENV)/long-term-support --output-file requirements/run.txt
	$(LOCK) --constraint $(VENV)/long-term-support --extra postgres --extra redis --extra oidc --group test \
		--output-file requirements/test.txt
	$(LOCK) --constraint $(VENV)/long-term-support --constraint requirements/test.txt \
		--extra postgres --extra redis --extra ldap --extra oidc --output-file requirements/server.txt

clean: ## Remove the virtual environment, caches and the demo's data
	rm -rf $(VENV) .venv-* .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis \
		htmlcov .coverage var/demo
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- What the commands stand on -----------------------------------------------------------------

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo 'This needs Python 3.11 or newer as $(PYTHON). Name another with: make PYTHON=python3.12 …'; \
		exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo 'Python cannot make virtual environments here. On Debian or Ubuntu: apt install python3-venv'; \
		exit 1; }
	@$(PYTHON) -m venv --clear $(VENV)

# A stamp is younger than the lock it was installed from, so a second start installs nothing.
$(VENV)/installed-%: requirements/%.txt | $(BIN)/python
	@echo 'Installing requirements/$*.txt …'
	@$(PIP) install --require-hashes --requirement $<
	@touch $@

# The tests look for a browser in the same places as this does.
chromium: $(VENV)/installed-test
	@if [ -n "$$CHROMIUM" ] || command -v chromium chromium-browser google-chrome >/dev/null || \
		$(BIN)/python -c 'import os, sys; from playwright.sync_api import sync_playwright as start; p = start().start(); found = os.path.exists(p.chromium.executable_path); p.stop(); sys.exit(not found)'; \
	then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y chromium; \
	else \
		$(BIN)/python -m playwright install chromium; \
	fi

# python-ldap is compiled here, which takes OpenLDAP's headers; without them its tests are skipped.
ldap: $(VENV)/installed-test
	@if [ ! -e /usr/include/ldap.h ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y libldap2-dev libsasl2-dev; \
	fi
	@if [ -e /usr/include/ldap.h ]; then $(MAKE) --no-print-directory $(VENV)/installed-server; \
	else echo 'Left out: LDAP and its tests. On Debian or Ubuntu: apt install libldap2-dev libsasl2-dev'; fi
