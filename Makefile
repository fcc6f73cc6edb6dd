# Every target first makes sure that the set-up is complete; when it is, that takes under a second.
.DEFAULT_GOAL := help
.PHONY: help setup up test test-fast check bench demo shots messages
PORT ?= 8000
MESSAGES = cd src/jobformidler && ../../.venv/bin/python -m django makemessages --settings jobformidler.config.settings

help: ## this list
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

setup: ## Debian packages, .venv, browser assets, catalogues, static files
	@bin/setup all

up: ## start everything; PORT=8001 for another port
	@bin/setup run
	@exec .venv/bin/jobformidler up --port $(PORT)

test: ## every check and every test
	@bin/setup all
	@bin/test

test-fast: ## the quick tests; needs no Chromium
	@bin/setup run
	@bin/test fast

check: ## format, types, layers, templates, migrations, catalogue, coverage table
	@bin/setup run
	@.venv/bin/jobformidler db exec -- bin/check

bench: ## measure the main pages and the ingest into var/bench
	@bin/setup run
	@.venv/bin/jobformidler bench

demo: ## load the fictional municipality
	@bin/setup run
	@.venv/bin/jobformidler demo

shots: ## take the pictures of the documentation
	@bin/setup all
	@.venv/bin/jobformidler manage shots

messages: ## collect new msgids into the Danish catalogue
	@bin/setup run
	@$(MESSAGES) -l da --no-obsolete --no-wrap
