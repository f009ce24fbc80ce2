# Everything a person or CI needs. `make run` and `make test` work on a fresh Debian, each alone.
PORT ?= 8000
VENV := .venv
PY := $(VENV)/bin/python
FLASK := $(PY) -m flask --app app
DEMO := WEBCARE_DEMO=1 WEBCARE_LOG_LEVEL=$(or $(LOG_LEVEL),WARNING)
TESTS := $(PY) -m pytest -n 2 --dist loadgroup

.PHONY: run demo check test simulate soak bench train screenshots lock clean

run: $(VENV)/.runtime
	@$(DEMO) WEBCARE_BASE_URL=http://127.0.0.1:$(PORT) $(FLASK) run-demo --port $(PORT)

demo: $(VENV)/.runtime  ## build the believable night anew (keys stay)
	@$(DEMO) WEBCARE_BASE_URL=http://127.0.0.1:$(PORT) $(FLASK) demo --reset

check: $(VENV)/.development  ## lint, types, contracts, fast tests: under a minute
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --no-cache
	$(TESTS) -m "not browser and not slow"

test: $(VENV)/.development  ## everything, on SQLite and PostgreSQL, with real browsers: 15 minutes at most
	tools/system_packages.sh
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --no-cache
	$(PY) tests/with_postgres.py $(TESTS)

simulate: $(VENV)/.development  ## random nights, NIGHTS of them; SEED=n plays one and tells it; MUTANT=name or all: with a fault
	$(PY) -m tests.simulation $(if $(SEED),--seed $(SEED) --trace,--nights $(or $(NIGHTS),200)) $(if $(MUTANT),--mutant $(MUTANT))

soak: $(VENV)/.development  ## the long forms
	tools/system_packages.sh
	$(PY) tests/with_postgres.py $(PY) -m bench.kill --kills 1000
	$(PY) -m tests.simulation --mutant all
	$(PY) -m tests.simulation --nights 10000 --go-on instance/nights.json
	$(PY) -m tests.rules.law.twin_compare $(or $(PEOPLE),500)
	$(PY) -m tests.rules.rota_soak

bench: $(VENV)/.development  ## figures, as ratios to a floor measured in the same run
	tools/system_packages.sh
	$(PY) tests/with_postgres.py $(PY) -m bench

train:  ## learn the weights of the reading of messages anew (minutes; scikit-learn, in an environment of its own)
	test -x .venv-train/bin/python || tools/make_venv.sh .venv-train
	.venv-train/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	.venv-train/bin/python -m pip install -q --disable-pip-version-check -r tools/triage/requirements.txt
	.venv-train/bin/python -m tools.triage.train

screenshots: $(VENV)/.development  ## every screen, three sizes, dark and light, into tests/browser/shots
	tools/system_packages.sh
	$(PY) -m tools.screenshots

lock: $(VENV)/.development  ## pin the dependencies anew
	$(VENV)/bin/pip-compile -q --generate-hashes --strip-extras --no-emit-index-url --no-emit-find-links -o requirements.txt requirements.in
	$(VENV)/bin/pip-compile -q --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url --no-emit-find-links -o requirements-dev.txt requirements-dev.in

$(VENV)/bin/python:
	tools/make_venv.sh $(VENV)

$(VENV)/.runtime: $(VENV)/bin/python requirements.txt
	$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.development: $(VENV)/.runtime requirements-dev.txt
	$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

clean:
	rm -rf $(VENV) .venv-train instance .pytest_cache .mypy_cache .ruff_cache .hypothesis
