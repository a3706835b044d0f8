# The few commands of Selasar. `make test` is what CI runs; it installs what it needs.
.DEFAULT_GOAL := help
.PHONY: help test setup generate generated format lint check-ts test-go test-kopi test-toko test-web fuzz vulnerabilities bench test-wide soak

help: ## list the commands
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

test: setup generated lint check-ts test-go test-kopi test-toko test-web fuzz vulnerabilities ## everything that CI runs
	@echo "make test: all of it passed"

setup: ## install Chromium and the npm packages where they are missing
	@scripts/setup

generate: ## write generated files anew: types, reference page, vectors, bundles
	go generate ./...
	node build.mjs

generated: ## fail when a generated file differs from what is committed
	@scripts/generated

format: ## write Go, TypeScript and JavaScript in their one format
	gofmt -w cmd internal bench spec examples
	node_modules/.bin/biome check --write .

lint: ## gofmt, go vet, staticcheck, Biome, and the linters of OpenAPI
	@scripts/lint

check-ts: ## TypeScript errors, and the npm packages as others see them
	npm run --silent check

test-go: ## the Go tests, with the race detector; the reliability tests at their full bars without it
	go test -race -timeout 60m ./...
	go test -timeout 60m ./internal/sqlstore ./internal/testkit/programtest
	go test -run TestSealedCodes_are_unique_and_uniform ./internal/secret
	go test -run refuses_what_was_altered ./internal/signature

test-kopi: ## the tests of the example in Go
	cd examples/kopi && go vet ./... && go test -race ./...

test-toko: ## the tests of the example in Node, with the official Midtrans client from npm
	cd examples/toko && npm test

test-web: ## the tests of the SDKs, and of the pages in Chromium
	npm test

fuzz: ## every fuzz target for a few seconds
	@scripts/fuzz

vulnerabilities: ## known vulnerabilities in what is used, where their database can be reached
	@scripts/vulnerabilities

bench: setup ## performance, each figure beside its floor in the same run
	@scripts/bench

test-wide: setup ## what needs many downloads or much time: mutants, Spectral; its report is docs/test-wide.md
	@scripts/test-wide

soak: ## the reliability tests at their long bars: hours
	SELASAR_LONG=1 go test -timeout 12h ./...
