# Every target sets up what it needs: Python 3.11-3.13 with venv, make and a package registry are enough.
# A version manager may leave names on the PATH that do not run, so each candidate is asked for its version.
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $$name && break; done)
UV := .venv/bin/uv
export UV_PROJECT_ENVIRONMENT := .venv
export UV_PYTHON_DOWNLOADS := never
export DO_NOT_TRACK := 1
READY := .venv/.ready
# A process for each processor, at most four: each takes about 1 GB.
TOGETHER := -n logical --maxprocesses 4
TEST_TOOLS := libreoffice-calc libreoffice-writer poppler-utils fonts-noto-cjk dovecot-imapd

.DEFAULT_GOAL := test
.PHONY: setup demo test test-tools test-spark spark-setup spark-up spark-down coverage lint docs bench clean

setup: $(READY)  ## create .venv and install the locked dependencies

$(READY): pyproject.toml uv.lock
	@test -n "$(PYTHON)" || { echo "需要 Python 3.11 至 3.13。 Python 3.11 to 3.13 is needed."; exit 2; }
	@test -x .venv/bin/python || $(PYTHON) -m venv .venv
	@test -x $(UV) || { .venv/bin/python -m ensurepip --upgrade >/dev/null; .venv/bin/python -m pip install --quiet uv; }
	@$(UV) sync --quiet --locked --inexact --compile-bytecode
	@touch $@

demo: $(READY)  ## a synthetic city, six reporting nights, the files an office hands in (in ./demo)
	@.venv/bin/taizhang demo --home demo --fresh

test: $(READY)  ## all tests: pipeline, corpus, unit, conventions
	@.venv/bin/pytest $(TOGETHER)

test-tools:  ## Debian packages some tests use (LibreOffice, a mail server); needs root, never fails
	@dpkg -s $(TEST_TOOLS) >/dev/null 2>&1 || { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] \
		&& apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
		-o DPkg::Lock::Timeout=300 $(TEST_TOOLS); } >/dev/null 2>&1 \
		|| echo "没有装上 $(TEST_TOOLS)，用到它们的测试会跳过。 Not installed; tests that need them are skipped."

spark-setup: $(READY)  ## the optional extra `spark` into .venv (about 500 MB; Java 17 or newer is needed as well)
	@"$${JAVA_HOME:+$$JAVA_HOME/bin/}java" -version 2>&1 | grep -Eq 'version "(1[7-9]|[2-9][0-9])' || { \
		echo "需要 Java 17 或更新（在 PATH 或 JAVA_HOME 里）。 Java 17 or newer is needed, on PATH or in JAVA_HOME."; exit 2; }
	@$(UV) sync --quiet --locked --inexact --extra spark

spark-up: spark-setup  ## one master, two workers and a Thrift server on the loopback (state in .spark)
	@PYTHON=.venv/bin/python deploy/spark/cluster.sh up

spark-down:  ## stop what spark-up started
	@PYTHON=.venv/bin/python deploy/spark/cluster.sh down

test-spark: spark-up  ## the small city with both engines, every mart compared; the server is stopped afterwards
	@.venv/bin/pytest tests/spark; status=$$?; $(MAKE) --no-print-directory spark-down; exit $$status

coverage: $(READY)  ## all tests, and what they do not reach (takes about twice as long)
	@.venv/bin/pytest $(TOGETHER) --cov --cov-report=term:skip-covered

lint: $(READY)  ## ruff, sqlfluff, mypy
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@PYTHONWARNINGS=ignore:resource_tracker .venv/bin/sqlfluff lint --disable-progress-bar --processes 0 dbt_project/models dbt_project/macros dbt_project/tests

docs: $(READY)  ## regenerate the documents that are made from data
	@.venv/bin/python -m expectations.catalogue docs/rules.md
	@.venv/bin/python -m campaigns.contradiction_register docs/contradictions.md

bench: $(READY)  ## intake and night against bare readers and a plain script, the hazard ledger of a generated province
	@.venv/bin/python -m benchmarks.intake
	@.venv/bin/python -m benchmarks.whole_night
	@.venv/bin/python -m benchmarks.hazards

clean:  ## remove what make created; a deployment's home is never touched
	rm -rf .venv .spark demo .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage dbt_project/target dbt_project/logs
