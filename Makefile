# Everything a fresh Debian machine with a Swift toolchain needs is installed by the first target
# that is asked for; on a machine that has it, nothing happens and nothing is said.

SWIFT ?= swift
EVENTS ?= 200000
FUZZ_SECONDS ?= 1200
SEEDS ?= 3

.PHONY: demo test soak bench bench-smoke fuzz lint setup clean

## The main job end to end on a generated world: ingest, match, replay, verify.
demo: setup
	$(SWIFT) run -c release clearance demo

## All tests, the house rules and the README's program among them.
test: setup
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build

## The fault tests at length with SEEDS seeds (specs/faults.md): hours. Built for release, as most
## of the time goes into judging what a crash left.
soak: setup
	$(SWIFT) build -c release --build-tests -Xswiftc -enable-testing
	scripts/soak $(SEEDS)

## The two harnesses (a JSON object each), then the suites.
bench: setup
	$(SWIFT) run -c release --package-path Benchmarks throughput --events $(EVENTS) --json
	$(SWIFT) run -c release --package-path Benchmarks logspeed --json
	$(SWIFT) package -c release --package-path Benchmarks --allow-writing-to-package-directory \
		benchmark

## A few seconds of the harnesses: do they still run, does every figure come out.
bench-smoke: setup
	$(SWIFT) run -c release --package-path Benchmarks throughput --events 20000 --json
	$(SWIFT) run -c release --package-path Benchmarks logspeed --events 20000 --json

## Every fuzz target for FUZZ_SECONDS, from the corpus in Tests/Fuzz; finds are kept in .build.
fuzz: setup
	$(SWIFT) build -c release --package-path Tests/Fuzz --sanitize fuzzer
	scripts/fuzz $(FUZZ_SECONDS)

lint:
	$(SWIFT) format lint --strict --recursive Sources Tests Benchmarks/Package.swift \
		Benchmarks/Sources Benchmarks/Benchmarks Package.swift

setup:
	@scripts/setup

clean:
	rm -rf .build .build-stranger Benchmarks/.build
