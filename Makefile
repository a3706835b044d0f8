# The few commands of Selasar. `make test` is what CI runs; it installs what it needs.
.DEFAULT_GOAL := help
.PHONY: help test setup generate generated format lint check-ts test-go test-kopi test-toko test-web fuzz vulnerabilities bench mutants test-wide soak release

help: ## list the commands
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# Cheap checks come first. Stages that share nothing run side by side.
test: setup generated ## run everything that CI runs
	@$(MAKE) --no-print-directory -j2 --output-sync=target check-ts lint
	@$(MAKE) --no-print-directory test-kopi test-toko test-go test-web
	@$(MAKE) --no-print-directory -j2 --output-sync=target vulnerabilities fuzz
	@echo "make test: all of it passed"

setup: ## install the browsers, PostgreSQL, Node 22 and the npm packages if they are missing
	@scripts/setup

generate: ## write the generated files: types, reference page, vectors, bundles
	go generate ./...
	node build.mjs

generated: ## fail if a generated file differs from the committed one
	@scripts/generated

format: ## format Go, TypeScript and JavaScript
	gofmt -w cmd internal bench spec examples test
	node_modules/.bin/biome check --write .

lint: ## gofmt, go vet, staticcheck, Biome, linters of OpenAPI, hard phrases
	@scripts/lint

check-ts: ## check the TypeScript types and the npm packages
	npm run --silent check

test-go: ## run the Go tests with the race detector, and the reliability tests at full size without it
	@scripts/test-go

test-kopi: ## run the tests of the Go example
	cd examples/kopi && go vet ./... && go test -race ./...

test-toko: ## run the tests of the Node example, with the official Midtrans client from npm
	cd examples/toko && npm test

test-web: ## run the tests of the SDKs, of the pages in Chromium, Firefox and WebKit, and of the official clients
	npm test

fuzz: ## run every fuzz target for a few seconds
	@scripts/fuzz

vulnerabilities: ## check the dependencies for known vulnerabilities, if the database is reachable
	@scripts/vulnerabilities

bench: setup ## measure performance; each figure stands beside its floor from the same run
	@scripts/bench

mutants: ## break the rules in one place at a time; their own tests must notice; the figures are docs/mutants.md
	go run ./internal/mutant $(MUTANTS) -report docs/mutants.md $(addprefix ./internal/,payment transfer login bank ask wallet reward user consent launch notification credential request apikey registry audit)

test-wide: setup ## run the long checks: Spectral, a million messages, a thousand launches, package managers, a release, PHP and Java, starter projects, mutation tests; the report is docs/test-wide.md
	@scripts/test-wide

soak: ## run the reliability tests at their long sizes, for hours
	SELASAR_LONG=1 go test -timeout 12h ./...

release: ## build the programs of all platforms, npm packages, archives, checksums and container images into dist/
	go run ./internal/release $(RELEASE)
