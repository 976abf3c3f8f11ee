# make read    musnad on the sample article, in the terminal
# make test    the tests; those of ledgers also on PostgreSQL where it is installed (on a loopback port)
# make check   what CI runs: lint, types, tests, scores
# make score   scores on the annotated articles in ../shared/gold (ERRORS=20 shows misses)
# make pin     pins the scores reached, and rewrites scores and example in README.md
# make bench   speed, memory and size, side by side with other tools
# make page    the sample article as a page, in build/dam.html

PYTHON ?= python3
BIN := .venv/bin
GOLD ?= ../shared/gold
DATA ?= ../shared/data/articles.jsonl
ERRORS ?= 0
SAMPLE := examples/dam.txt --outlet "صوت الوادي" --published 2026-03-10

.PHONY: read page test check score pin bench clean

read: .venv/installed
	@$(BIN)/musnad read $(SAMPLE)

page: .venv/installed
	@mkdir -p build && $(BIN)/musnad read $(SAMPLE) --format html -o build/dam.html && echo build/dam.html

test: .venv/installed
	@$(BIN)/python -m pytest

check: .venv/installed
	@BIN=$(BIN) bash .ci/checks

score: .venv/installed
	@$(BIN)/python score/run.py --gold $(GOLD) --errors $(ERRORS)

pin: .venv/installed
	@$(BIN)/python score/run.py --gold $(GOLD) --pin --readme

bench: .venv/bench
	@$(BIN)/python score/bench.py --data $(DATA)

.venv/installed: pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "installing musnad into .venv (once)" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev,html]"
	@touch $@

.venv/bench: .venv/installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[bench]"
	@touch $@

clean:
	rm -rf .venv build dist .hypothesis .pytest_cache .mypy_cache .ruff_cache
