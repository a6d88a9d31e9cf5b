# One entry for everything. `make run` and `make test` need Python 3.11 or newer, make and git; the rest is installed here.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run demo test lint types imports check ci bench fit trial docs forms browse clean

run: $(READY)
	"$(BIN)/kaoping" chat

demo: $(READY)
	"$(BIN)/kaoping" demo

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv "$(VENV)"
	"$(BIN)/python" -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[test]"
	touch "$(READY)"

test: $(READY)
	"$(BIN)/python" -m pytest --numprocesses 2 --dist loadgroup

lint: $(READY)
	"$(BIN)/ruff" check .
	"$(BIN)/ruff" format --check .

types: $(READY)
	"$(BIN)/mypy"

imports: $(READY)
	"$(BIN)/lint-imports" --no-cache

check: $(READY)
	"$(BIN)/kaoping" check

ci: test lint types imports check

# long runs: they print figures and judge nothing
bench: $(READY)
	"$(BIN)/python" -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[bench]"
	"$(BIN)/python" -m bench

# the weights of the ranking and of the refusal, fitted to the questions that may be tuned on; printed, not written
fit: $(READY)
	"$(BIN)/python" -m bench.fitting

# fifty random telephone tests on the real Telegram process, by buttons alone: what `make test` does with six
trial: $(READY)
	"$(BIN)/python" -m pytest trials --capture=no

# README's transcripts and the tables of the docs, made from the running program
docs: $(READY)
	"$(BIN)/python" -m bot.docs

# the database in the browser, on this machine only
browse: $(READY)
	"$(BIN)/python" -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[browse]"
	"$(BIN)/kaoping" browse

clean:
	rm -rf "$(VENV)" build dist *.egg-info
