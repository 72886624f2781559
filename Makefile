# Krachtlijn: `make` lists what there is to do. Each target first makes what it needs, and only when that is missing or
# out of date. Uses nothing newer than GNU make 3.81, which macOS has.

.DEFAULT_GOAL := help
.PHONY: help report test lab lint format lock clean browser
# Two installs into one environment at once would spoil it.
.NOTPARALLEL:
# Modules from elsewhere would slip in between the locked ones.
unexport PYTHONPATH PYTHONHOME

BIN := .venv/bin
# Twice quiet: errors only. pip says of each package what its own configuration makes it warn of.
PIP := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check --no-input

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile
	@echo "  QUARTER=2026Q3 after 'make report' names a quarter other than the default."

# --- what people ask for ----------------------------------------------------------------------------------------------

report: .venv/.runtime ## Build the report in reports/; takes in new data first
	@$(BIN)/krachtlijn report $(QUARTER)

# Lint comes first: CI runs only this target, it takes seconds, and the last lines to be seen are those of the tests.
# Sharing out over the processors stands here, not in pyproject.toml, so that `pytest tests/one.py` stays one process.
test: lint browser ## Check style, types and behaviour
	@echo "Running the tests"
	@KRACHTLIJN_BROWSER="$$($(find_browser))" $(BIN)/python -m pytest --numprocesses auto --dist loadgroup

# No update checks and no news, nor the question about them: nothing leaves this machine.
lab: .venv/.runtime ## Open the notebooks in JupyterLab
	@$(BIN)/jupyter labextension disable --level=sys_prefix @jupyterlab/apputils-extension:announcements 2>/dev/null
	@$(BIN)/python -m jupyterlab notebooks --LabApp.news_url=None \
	    --LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate

lint: .venv/.dev ## Check style and types only
	@echo "Checking style and types"
	@$(BIN)/ruff format --check
	@$(BIN)/ruff check
	@$(BIN)/mypy

format: .venv/.dev ## Mend style where a tool can, and empty the notebooks of outputs
	@$(BIN)/ruff check --fix --exit-zero
	@$(BIN)/ruff format
	@$(BIN)/python -m nbconvert --clear-output --inplace --log-level WARN notebooks/*.ipynb \
	    notebooks/*/*.ipynb

# The old versions stay unless UPGRADE=1. The development lock holds the runtime one whole, so that pip installs and
# checks one file at a time. Wheels only: building a package would fetch tools that the lock does not name.
# It does not ask for the development environment, or a lock that no longer installs could never be mended.
lock: .venv/.made-in ## Lock the dependencies in pyproject.toml again; UPGRADE=1 takes newer versions
	@echo "Locking the dependencies"
	@test -x $(BIN)/uv || $(PIP) install uv
	@$(compile) --group build --output-file requirements.lock
	@$(compile) --group build --group dev --constraint requirements.lock --output-file requirements-dev.lock

compile = $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
    --generate-hashes --only-binary :all: --emit-build-options --custom-compile-command "make lock" \
    $(if $(UPGRADE),--upgrade)

# Published reports stay: they are records.
clean: ## Remove all that can be made again: the environment, caches, processed data
	@rm -rf .venv .krachtlijn .mypy_cache .ruff_cache .pytest_cache reports/.work build dist
	@find data/processed -mindepth 1 ! -name README.md -delete 2>/dev/null || true
	@find src tests notebooks \( -name __pycache__ -o -name .ipynb_checkpoints \) -prune -exec rm -rf {} + 2>/dev/null || true

# --- the environment --------------------------------------------------------------------------------------------------

# Each file .venv/.* is written when its step has ended well, and holds off the next run of that step. The development
# environment has all that a report needs, so making it does the runtime step too.
.venv/.runtime: .venv/.made-in requirements.lock pyproject.toml
	$(call install,requirements.lock)
	@touch $@

.venv/.dev: .venv/.made-in requirements-dev.lock pyproject.toml
	$(call install,requirements-dev.lock)
	@touch .venv/.runtime $@

define install
	@echo "Installing what $(1) names (a few minutes the first time)"
	@$(PIP) install --require-hashes --requirement $(1)
	@$(PIP) install --no-deps --no-build-isolation --editable .
endef

# An environment remembers the folder and the Python it was made with. In a copied or moved folder it would run the old
# folder's code, and without its Python nothing: then it is made anew.
ifneq "$(shell test -x $(BIN)/python && cat .venv/.made-in)" "$(CURDIR)"
.PHONY: .venv/.made-in
endif

# The lock's packages are ready-made for these versions of Python. PYTHON=... names one that is not on PATH.
PYTHONS := 3.11 3.12 3.13 3.14
.venv/.made-in:
	@for python in $(if $(PYTHON),"$(PYTHON)",python3 $(PYTHONS:%=python%) python); do \
	    version=$$("$$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue; \
	    case " $(PYTHONS) " in *" $$version "*) ;; *) unfit="$$unfit $$version"; continue;; esac; \
	    "$$python" -c 'import ensurepip, venv' 2>/dev/null || { bare=$$version; continue; }; \
	    echo "Making .venv with Python $$version"; \
	    "$$python" -m venv --clear .venv && echo "$(CURDIR)" > $@; exit; \
	done; \
	if [ -n "$$bare" ]; then \
	    echo "Python $$bare is here without its module venv. On Debian or Ubuntu: apt-get install python$$bare-venv"; \
	else \
	    echo "Krachtlijn needs one of Python $(PYTHONS) on PATH, or named: make PYTHON=/path/to/python3"; \
	    echo "Found:$${unfit:- none}"; \
	fi >&2; exit 1

# --- the browser that the tests open the report in --------------------------------------------------------------------

MAC_CHROME := /Applications/Google Chrome.app/Contents/MacOS/Google Chrome

# A browser that was named is used or missed, never replaced.
find_browser = if [ -n "$$KRACHTLIJN_BROWSER" ]; then command -v "$$KRACHTLIJN_BROWSER"; else \
    command -v chromium || command -v chromium-browser || command -v google-chrome || command -v "$(MAC_CHROME)"; fi

browser_ready = { $(find_browser) && $(BIN)/playwright --version; } >/dev/null 2>&1

# Besides the browser: the report's own second choice of font (without any font a browser draws no text), and a library
# that Playwright's driver needs and a bare Debian lacks.
browser: .venv/.dev
	@$(browser_ready) && exit; \
	if [ -z "$$KRACHTLIJN_BROWSER" ] && command -v apt-get >/dev/null; then \
	    if [ "$$(id -u)" = 0 ]; then as_root=env; elif sudo -n true 2>/dev/null; then as_root="sudo -n env"; fi; \
	fi; \
	if [ -n "$$as_root" ]; then \
	    echo "Installing Chromium for the browser tests"; \
	    $$as_root apt-get update -qq >/dev/null; \
	    $$as_root DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	        chromium fonts-liberation libatomic1 >/dev/null; \
	fi; \
	$(browser_ready) && exit; \
	{ echo "The browser tests cannot start. They need:"; \
	  echo "- Chromium or Chrome, on PATH or named by KRACHTLIJN_BROWSER (now: $${KRACHTLIJN_BROWSER:-not set})"; \
	  echo "- Playwright's driver, which says:"; $(BIN)/playwright --version; } >&2; \
	exit 1
