# make check is what a change must pass before it is committed; make ci is what .ci/run does besides; make ci-long adds
# the fuzz targets and many kills.

GO         ?= go
OUT        ?= out
BENCH      ?= .
BENCHTIME  ?= 1s
FUZZTIME   ?= 20s
KILLS      ?= 50
GOLANGCI   := .bin/golangci-lint
GOLANGCI_VERSION := v2.15.0

.PHONY: build check ci ci-long clean cover demo bench fmt fmt-check fuzz kill lint race test vet

build:
	$(GO) build -trimpath -o huiban .

check: fmt-check vet lint test

fmt:
	gofmt -w $$(git ls-files '*.go')

fmt-check:
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')); \
	if [ -n "$$unformatted" ]; then echo "gofmt these files:"; echo "$$unformatted"; exit 1; fi

vet:
	$(GO) vet ./...

# The linter is built from source once, through the Go module proxy, into .bin, which git ignores.
$(GOLANGCI):
	@mkdir -p .bin && echo '*' > .bin/.gitignore
	GOBIN=$(CURDIR)/.bin $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_VERSION)

lint: $(GOLANGCI)
	$(GOLANGCI) run ./...

test:
	$(GO) test ./...

race:
	$(GO) test -race -timeout 12m ./...

cover:
	$(GO) test -coverprofile=coverage.out ./...
	$(GO) tool cover -func=coverage.out | tail -n 1

bench:
	$(GO) test -run '^$$' -bench '$(BENCH)' -benchtime $(BENCHTIME) -benchmem ./...

# Every fuzz target of every package, one after the other: go test takes one at a time. What makes one fail is written
# below testdata/fuzz: it is committed with the repair. Minimizing is bounded by tries, or it takes the target's time.
fuzz:
	@for file in $$(git grep -l '^func Fuzz' -- '*_test.go'); do \
		for target in $$(sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\)(.*/\1/p' $$file); do \
			echo "$$file $$target"; \
			$(GO) test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x ./$$(dirname $$file) || exit 1; \
		done; \
	done

# The bot is killed KILLS times while it plays a case; HUIBAN_SEED, which a failure prints, repeats a run.
kill:
	HUIBAN_KILLS=$(KILLS) $(GO) test -count 1 -timeout 30m -run '^TestKilled$$' ./bot/demo

demo:
	$(GO) run . demo --out $(OUT)

ci:
	.ci/run

ci-long:
	.ci/run long

clean:
	rm -rf huiban coverage.out $(OUT)
