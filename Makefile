# make run    启动留痕（首次会自动安装所需内容）
# make test   运行全部检查与测试
# make test-all   同上，随机测试改用长时间的
# make bench  测速并写 docs/performance.md（约十分钟）

.DEFAULT_GOAL := help
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
PIP := python3.11 -m pip --python .venv/bin/python install --quiet --disable-pip-version-check
BIN := .venv/bin

.PHONY: help setup run test test-all test-setup bench lint lock fonts

help:
	@sed -n 's/^# //p' Makefile

run: .venv/runtime fonts
	@$(BIN)/liuhen serve --demo

setup: .venv/development fonts

fonts:
	@python3.11 tools/fonts.py || true

test-setup: setup
	@python3.11 tools/system.py

test: test-setup lint
	@$(BIN)/pytest -n auto --dist worksteal
	@LIUHEN_TEST_DB=postgres $(BIN)/pytest -n auto --dist worksteal -m "postgres and not browser"

test-all: test
	@LIUHEN_TEST_DB=postgres $(BIN)/pytest -n auto --dist worksteal -m "db and not postgres and not browser"
	@LIUHEN_FUZZ=full $(BIN)/pytest -n auto --dist worksteal -m fuzz

bench: setup
	@$(BIN)/python -m bench

lint: .venv/development
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/pyright

lock:
	@tools/lock.sh

.venv/bin/python:
	@command -v python3.11 > /dev/null || { echo "需要 Python 3.11，请先安装（Debian 12：apt-get install python3 python3-pip）。" >&2; exit 1; }
	@echo "正在建立运行环境……"
	@python3.11 -m venv .venv 2> /dev/null > /dev/null || python3.11 -m venv --clear --without-pip .venv

.venv/runtime: requirements.txt pyproject.toml | .venv/bin/python
	@echo "正在安装运行所需的软件包……"
	@$(PIP) --require-hashes -r requirements.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

.venv/development: requirements-dev.txt .venv/runtime
	@echo "正在安装开发与测试所需的软件包……"
	@$(PIP) --require-hashes -r requirements-dev.txt
	@touch $@
