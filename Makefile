# make check is what a change must pass before it is committed; make ci is what .ci/run does besides.

GO         ?= go
OUT        ?= out
BENCH      ?= .
BENCHTIME  ?= 1s
FUZZTIME   ?= 20s
GOLANGCI   := .bin/golangci-lint
GOLANGCI_VERSION := v2.15.0

.PHONY: build check ci clean cover demo bench fmt fmt-check fuzz lint race test vet

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

# Every fuzz target of every package, one after the other: go test takes one at a time.
fuzz:
	@for file in $$(git grep -l '^func Fuzz' -- '*_test.go'); do \
		for target in $$(sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\)(.*/\1/p' $$file); do \
			echo "$$file $$target"; \
			$(GO) test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) ./$$(dirname $$file) || exit 1; \
		done; \
	done

demo:
	$(GO) run . demo --out $(OUT)

ci:
	.ci/run

clean:
	rm -rf huiban coverage.out $(OUT)
