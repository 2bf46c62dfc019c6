# Each target makes the virtual environment that it needs from the locked requirements; nothing has to be done first.
# 每个目标自建所需的虚拟环境（按锁定的依赖），无需先做任何准备。
.DEFAULT_GOAL := help
.PHONY: help demo test check format lint types layers packaging lock clean

PYTHON := $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
RUN := .venv/run
DEV := .venv/dev
EXAMPLE := examples/henan-2022-14.txt
INSTALL = install --quiet --disable-pip-version-check

help: ## 列出目标 / list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

demo: $(RUN)/ready ## 建立示例文件的图谱，检查，并回答房租减免由谁负责 / build, check and ask the example document
	$(RUN)/bin/zhengce build $(EXAMPLE)
	$(RUN)/bin/zhengce validate --store zhengce-store
	$(RUN)/bin/zhengce query departments --instrument rent-relief

test: $(DEV)/ready ## 运行测试 / run the tests
	$(DEV)/bin/python -m pytest -q

check: format lint types layers test packaging ## 提交前的全部检查 / everything that a commit must pass

format: $(DEV)/ready
	$(DEV)/bin/ruff format --check .

lint: $(DEV)/ready
	$(DEV)/bin/ruff check .

# mypy reads the package through a link of its name, since an editable install is opaque to static tools
types: $(DEV)/ready
	cd $(DEV)/types && ../bin/mypy --config-file zhengce/pyproject.toml -m zhengce -m zhengce.cli -m zhengce.__main__ \
		-p zhengce.ontology -p zhengce.extract -p zhengce.graph -p zhengce.queries -p zhengce.serve

layers: $(DEV)/ready
	$(DEV)/bin/lint-imports

packaging: $(DEV)/ready ## 构建 wheel 并在空环境中启动 / build the wheel and start it in an empty environment
	$(DEV)/bin/python -m pytest -q -m packaging

lock: .venv/lock/ready ## 重新锁定依赖 / lock the requirements anew
	.venv/lock/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--quiet pyproject.toml --group build -o requirements/run.txt
	.venv/lock/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--quiet pyproject.toml --all-extras --group build --group dev -o requirements/dev.txt

clean: ## 删除环境与图谱库 / remove environments and the store
	rm -rf .venv build dist *.egg-info zhengce-store

$(RUN)/ready: requirements/run.txt pyproject.toml
	$(call environment,$(RUN),requirements/run.txt)

$(DEV)/ready: requirements/dev.txt pyproject.toml
	$(call environment,$(DEV),requirements/dev.txt)
	mkdir -p $(DEV)/types && ln -sfn ../../.. $(DEV)/types/zhengce

.venv/lock/ready:
	$(PYTHON) -m venv .venv/lock
	.venv/lock/bin/pip $(INSTALL) uv
	touch $@

define environment
@test -n "$(PYTHON)" || { echo "需要 Python 3.11 或更新版本 / Python 3.11 or newer is needed"; exit 1; }
$(PYTHON) -m venv $(1)
$(1)/bin/pip $(INSTALL) --require-hashes -r $(2)
$(1)/bin/pip $(INSTALL) --no-deps --no-build-isolation --editable .
touch $@
endef
