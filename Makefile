# make demo: set up and assess an example dossier. make test: set up and run all tests.
# Both need Python >= 3.11 and make, nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= ../shared
STAMP := $(VENV)/.installed

.PHONY: demo test lint rules gold schema clean

demo: $(STAMP)
	$(BIN)/coherence assess corpora/ghana --out out/ghana

test: $(STAMP)
	@command -v chromium >/dev/null || echo "chromium is not installed: the browser tests are skipped"
	$(BIN)/python -m pytest -n 2

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/yamllint --strict .

rules: $(STAMP)
	$(BIN)/coherence rules check
	$(BIN)/coherence rules translations --check
	$(BIN)/coherence rules doc --check

# Scores against hand-annotated documents, which lie outside the repository.
gold: $(STAMP)
	@if [ -d "$(SHARED)/gold" ]; then $(BIN)/python benchmarks/gold.py --shared "$(SHARED)"; \
	else echo "$(SHARED)/gold is not there: nothing to score against. Set SHARED=DIR to name another place."; fi

schema: $(STAMP)
	for name in rule pack dossier; do \
	  $(BIN)/coherence rules schema $$name > graphs/schema/$$name.new \
	    && mv graphs/schema/$$name.new graphs/schema/$$name.schema.json || exit 1; \
	done
	for name in report commitment_line finding_line audit changes audit_changes; do \
	  $(BIN)/python -c "import coherence.reports as r; print(r.render_schema('$$name.schema.json'), end='')" \
	    > graphs/schema/$$name.new && mv graphs/schema/$$name.new graphs/schema/$$name.schema.json || exit 1; \
	done

$(STAMP): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; set PYTHON=...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	touch $@

clean:
	rm -rf $(VENV) out dist build
