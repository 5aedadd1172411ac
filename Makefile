# Every target sets up what it needs: a virtual environment in .venv with the pinned dependencies of requirements.lock.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test lint bench quality lock clean

demo: $(READY)
	mkdir -p out
	$(BIN)/zhengwen run corpus/samples -o out/articles.jsonl --emit articles --emit entities --emit facts --emit projects
	head -n 2 out/articles.facts.jsonl | $(BIN)/python -m json.tool --no-ensure-ascii --json-lines
	@echo "Records: out/articles.jsonl, out/articles.entities.jsonl, out/articles.facts.jsonl, out/articles.projects.jsonl"

test: $(READY)
	$(BIN)/python -m pytest

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(READY)
	$(BIN)/python -m tests.bench.report

# Accuracy on gold against the committed baseline; `make quality ACCEPT=--accept` makes today's figures the baseline.
quality: $(READY)
	$(BIN)/python -m tests.quality $(ACCEPT)

# Made again after a change of dependencies; uv only resolves, pip installs.
lock: $(READY)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		--extra jieba --extra datasets --extra dask --extra remote --extra duckdb --extra train --extra dev pyproject.toml -o requirements.lock

$(VENV)/.packages: requirements.lock
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "zhengwen needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 …")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	touch $@

# Compiles the hot modules; pipeline/hatch_build.py knows which, and leaves them if none has changed.
$(READY): $(VENV)/.packages pyproject.toml pipeline/hatch_build.py $(wildcard pipeline/zhengwen/*.py pipeline/zhengwen/*/*.py)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	touch $@

clean:
	rm -rf $(VENV) out dist build
