# Two commands are all you need: `make demo` and `make test`. Both prepare the machine first.

VENV := .venv
PYTHON ?= python3
N ?= 25
T ?= 60
BIN := $(VENV)/bin
RUN := $(BIN)/python -m
PIP := $(RUN) pip --disable-pip-version-check --quiet

.PHONY: demo test docs fmt bench fuzz reference lock clean ready
.DEFAULT_GOAL := demo

demo: ready ## draw every file of samples/ into build/demo/
	@$(BIN)/python tools/demo.py

test: ready $(VENV)/.dot $(VENV)/.chromium $(VENV)/.poppler ## format, lint, types, who imports whom, tests and the examples in the docs
	@$(RUN) ruff format --check --quiet . || { echo "Run: make fmt"; exit 1; }
	@$(RUN) ruff check --quiet .
	@$(RUN) mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo > build/imports.txt || { cat build/imports.txt; exit 1; }
	@$(RUN) pytest -n auto

docs: ready ## build the documentation into build/site/, with our own plugin
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict
	@echo "build/site/index.html"

fmt: ready ## put the code into its usual form
	@$(RUN) ruff check --fix --quiet . ; $(RUN) ruff format .

bench: ready $(VENV)/.bench ## race `vsm render` against others
	@$(BIN)/python bench/run.py -n $(N)

fuzz: ready $(VENV)/.fuzz ## look for texts that break something, for T seconds
	@mkdir -p build/fuzz/tried && cd build/fuzz && PYTHONPATH=../.. ../../$(BIN)/python -m tests.fuzz.target \
	  -max_total_time=$(T) -artifact_prefix=found- -verbosity=0 -print_final_stats=1 tried ../../tests/fuzz/crashes ../../samples

reference: ready ## write the parser's table and the pages and pictures of docs/ anew
	@$(RUN) vsmdsl.language.tables
	@PYTHONPATH=. $(BIN)/python tools/reference.py
	@PYTHONPATH=. $(BIN)/python tools/editor_files.py

lock: ready ## choose the newest allowed versions anew, for every platform and Python
	@$(PIP) install --upgrade "uv>=0.9"
	@for group in dev bench fuzz; do \
	  project=pyproject.toml; [ $$group = dev ] || project=; \
	  $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	    --no-annotate --custom-compile-command "make lock" \
	    --group $$group $$project --output-file requirements-$$group.lock || exit 1; done

clean: ## forget everything that was made
	rm -rf build dist $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

# --------------------------------------------------------------------------- getting ready, once

ready: $(VENV)/.installed $(VENV)/.pango
	@mkdir -p build

$(VENV)/.venv: tools/bootstrap.sh
	@PYTHON=$(PYTHON) sh tools/bootstrap.sh venv $(VENV)
	@touch $@

$(VENV)/.installed: $(VENV)/.venv pyproject.toml requirements-dev.lock
	@echo "Installing the locked dependencies into $(VENV) ..." >&2
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# No Pango is no reason to stop: all but the PDFs work, and the next run tries again.
$(VENV)/.pango: $(VENV)/.venv
	@if sh tools/bootstrap.sh pango $(BIN)/python; then touch $@; fi

# Debian's Graphviz is not needed to draw: a test holds it and ours to the same map.
$(VENV)/.dot: $(VENV)/.venv
	@if sh tools/bootstrap.sh program dot graphviz; then touch $@; fi

# Chromium and Poppler are what the maps, pages and PDFs are looked at with.
$(VENV)/.chromium: $(VENV)/.venv
	@if sh tools/bootstrap.sh program chromium chromium; then touch $@; fi

$(VENV)/.poppler: $(VENV)/.venv
	@if sh tools/bootstrap.sh program pdftoppm poppler-utils; then touch $@; fi

$(VENV)/.fuzz: $(VENV)/.installed requirements-fuzz.lock
	@$(PIP) install --require-hashes --requirement requirements-fuzz.lock
	@touch $@

$(VENV)/.bench: $(VENV)/.installed requirements-bench.lock
	@$(PIP) install --require-hashes --requirement requirements-bench.lock
	@touch $@
