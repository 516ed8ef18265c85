# Two targets a stranger needs: `make demo` renders the sample issue, `make test` checks everything.
# Both set up a virtual environment in .venv first; a second run needs no network.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SAMPLE := issues/changji-daily/2025-02-25/eight-pages.yaml

.PHONY: demo test setup fonts witnesses review accept change bench compare picture clean

demo: setup fonts
	$(BIN)/render $(SAMPLE) --png --verbose

test: setup fonts witnesses
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/pytest -n auto

# Programs of others that read our PDFs in the tests: installed where that is ours to do.
WITNESSES := qpdf poppler-utils ghostscript mupdf-tools
witnesses:
	@(for program in qpdf pdftotext gs mutool; do command -v $$program >/dev/null || exit 1; done) || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  { apt-get update -qq && apt-get install -y -qq $(WITNESSES); } >/dev/null 2>&1 || \
	  echo "not installed: $(WITNESSES); tests that ask them are skipped"; \
	else echo "not all of $(WITNESSES) are installed; tests that ask them are skipped"; fi

# Pages of tests/pages that differ from their references; accepted by name: make accept T="name other"
review: setup
	$(BIN)/python tools/accept_pages.py

accept: setup
	$(BIN)/python tools/accept_pages.py $(T)

# The sample issue by the base revision beside ours, to look at: output/review.html.
BASE ?= HEAD~1
change: setup fonts
	$(BIN)/python tools/review_change.py $(BASE)

setup: $(VENV)/.installed

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

# Faces that pip does not bring; without the npm client the page is set with substitutes.
fonts: setup
	$(BIN)/render fonts --fetch --if-possible

# Ours beside the peer, whole processes, in one run.
bench: setup fonts
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	$(BIN)/python benchmarks/composing.py
	$(BIN)/python benchmarks/eight_pages.py
	$(BIN)/python benchmarks/press_ready.py
	$(BIN)/python benchmarks/makeup.py

# The same paragraphs by Duikai, Typst and Chromium: pictures and figures for docs/composition.md.
compare: setup fonts
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	$(BIN)/python tools/compare_composition.py

# The picture at the top of the README.
picture: demo
	$(BIN)/python tools/page_picture.py output/2025-02-25/CJRB2025022501.png docs/front-page.png

clean:
	rm -rf $(VENV) output
