# Valet Key. `make` alone lists what there is.
# run, test, check and demo first install what this system lacks, after saying what (.tools/need).

VERSION := $(shell sed -n 's/^Version *= *"\(.*\)"/\1/p' FyneApp.toml)
LDFLAGS := -X main.version=$(VERSION)
WINDOW  := -tags migrated_fynedo -trimpath
FUZZTIME ?= 30s
BENCHTIME ?= 1s
HIDDEN ?= 1m

# Without this a clone that belongs to somebody else cannot be built: go asks git for a stamp, and git refuses.
export GOFLAGS := $(strip $(filter-out -buildvcs=%,$(GOFLAGS)) -buildvcs=false)

.PHONY: help run test demo pictures check golden fuzz bench package
.PHONY: need-run need-test need-demo need-package lint elsewhere unit walk walk-german states bin/valetkey
.NOTPARALLEL:

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

run: need-run bin/valetkey ## build Valet Key and open its window; without a display: the demo instead
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname -s)" = Darwin ]; then exec bin/valetkey; fi; \
	echo 'There is no display here (DISPLAY and WAYLAND_DISPLAY are empty), so the window opens on a virtual one and the walk goes by itself.'; \
	$(MAKE) --no-print-directory walk && go run $(WINDOW) ./gui/gallery -out pictures/states -lang en -size 1040x680

test: need-test lint elsewhere unit walk ## everything: format, vet, staticcheck, all tests with -race, the demo from end to end

demo: need-demo bin/valetkey walk walk-german states ## the whole walk on a virtual display, unattended, and every state; leaves pictures/

pictures: demo ## the demo, and the README's pictures from it into docs/pictures
	.tools/pictures

check: need-test lint ## the quick half of test: format, vet, staticcheck, fuzz seeds, the demo
	go test $(WINDOW) -run '^(Fuzz|TestHouse)' ./...
	@$(MAKE) --no-print-directory walk

golden: need-run ## write the window's golden files again and show what changed
	.tools/golden

fuzz: ## every fuzz target for FUZZTIME (30s)
	.tools/fuzz $(FUZZTIME)

bench: need-test ## every benchmark for BENCHTIME (1s), a window in the tray for HIDDEN (1m); a table: figure, ratio, aim
	.tools/bench $(BENCHTIME) $(HIDDEN)

package: need-package ## dist/: archives and .debs for Linux, a .zip for Windows; on a Mac the app
	@.tools/package $(VERSION)

need-run need-test need-demo need-package: need-%:
	@.tools/need $*

lint:
	@.tools/agree
	@unformatted=$$(gofmt -l .); [ -z "$$unformatted" ] || { echo "gofmt would change:"; echo "$$unformatted"; exit 1; }
	go vet $(WINDOW) ./...
	GOFLAGS='$(GOFLAGS) -trimpath' go tool -modfile=.tools/go.mod staticcheck -tags migrated_fynedo -checks inherit,ST1000,ST1020,ST1021,ST1022 ./...

# What no test here can run must at least build: the command line on the other systems.
elsewhere: bin/valetkey-nogui
	GOOS=windows CGO_ENABLED=0 go build -tags nogui -trimpath -o /dev/null .
	GOOS=darwin CGO_ENABLED=0 go build -tags nogui -trimpath -o /dev/null .

# With the tag ci Fyne leaves its OpenGL driver out, which no test opens and which takes minutes to compile with -race. The
# real one is linted, built and walked through.
unit:
	go test -race -shuffle=on -tags migrated_fynedo,ci -timeout 10m ./...

walk: bin/valetkey
	go run ./gui/demo -program bin/valetkey -out pictures

walk-german: bin/valetkey
	go run ./gui/demo -program bin/valetkey -out pictures/german -look light -locale de_DE.UTF-8

# Every state of every view, in every language, look and size: above a thousand pictures, in about a minute.
states:
	go run $(WINDOW) ./gui/gallery -out pictures/states

bin/valetkey:
	go build $(WINDOW) -ldflags '$(LDFLAGS)' -o $@ .

.PHONY: bin/valetkey-nogui
bin/valetkey-nogui:
	CGO_ENABLED=0 go build -tags nogui -trimpath -ldflags '$(LDFLAGS)' -o $@ .

# A market of your own beside the test's: MARKET=its provider file, CONSENT=a command that is given the consent address and
# presses Allow there, SECRET=a file with the client secret. Its tokens live for an hour and rotate.
.PHONY: endurance
endurance: need-test bin/valetkey ## crowds of programs beside the window, and kills at every point, in full number: some minutes
	go test ./cli -run '^Test(Crowd|Kill)' -endurance -v -count=1 -timeout 60m -window '$(CURDIR)/bin/valetkey' \
		$(if $(MARKET),-market '$(abspath $(MARKET))' -consent '$(CONSENT)') $(if $(SECRET),-secret '$(abspath $(SECRET))')
