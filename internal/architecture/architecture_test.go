// Package architecture holds the test that keeps imports pointing one way:
//
//	cmd → check → dev → server → adapters and doors → sql/engine → sql/sqlite → rules → leaves
package architecture

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/selasar/selasar/"

// The layers, from the top. A package imports packages of layers below its
// own; rules may import one another (Go refuses circles), adapters may not.
var layers = []struct {
	name     string
	packages []string
	among    bool // may import one another
}{
	{"cmd", []string{"cmd/selasar"}, false},
	{"check", []string{"internal/check"}, false},
	{"check parts", []string{"internal/check/browser", "internal/check/source", "internal/check/sourcemap"}, false},
	{"dev", []string{"internal/dev"}, false},
	{"dev parts", []string{
		"internal/dev/control", "internal/dev/simulator", "internal/dev/proxy", "internal/dev/document", "internal/dev/command", "internal/dev/project", "internal/dev/webview",
	}, true},
	{"serve", []string{"internal/serve"}, false},
	{"client", []string{"internal/operator"}, false},
	{"server", []string{"internal/server"}, false},
	{"trial", []string{"internal/provider/trial"}, false},
	{"adapters", []string{"internal/sqlstore", "internal/webui", "internal/outbound", "internal/provider"}, false},
	{"store parts", []string{"internal/sqlstore/ledger"}, false},
	{"doors", []string{
		"internal/httpapi/hostapi", "internal/httpapi/miniapi", "internal/httpapi/bisnap", "internal/httpapi/checkout", "internal/httpapi/paypage", "internal/httpapi/admin",
	}, false},
	{"httpapi", []string{"internal/httpapi"}, false},
	{"edge", []string{"internal/httpapi/edge", "internal/httpapi/view"}, false},
	{"engine", []string{"internal/sql/engine"}, false},
	{"connection", []string{"internal/sql/sqlite"}, false},
	{"rules", []string{
		"internal/apikey",
		"internal/ask",
		"internal/audit",
		"internal/bank",
		"internal/blob",
		"internal/consent",
		"internal/credential",
		"internal/device",
		"internal/fault",
		"internal/jsapi",
		"internal/jsapi/dialect",
		"internal/jsapi/dialect/container",
		"internal/jsapi/dialect/webview",
		"internal/jsapi/operation",
		"internal/launch",
		"internal/login",
		"internal/manifest",
		"internal/message",
		"internal/miniapp",
		"internal/notification",
		"internal/payment",
		"internal/registry",
		"internal/request",
		"internal/reward",
		"internal/transfer",
		"internal/user",
		"internal/wallet",
	}, true},
	{"leaves", []string{
		"internal/problem", "internal/clock", "internal/id", "internal/money", "internal/version", "internal/secret",
		"internal/journal", "internal/journal/event", "internal/chain", "internal/limit", "internal/language", "internal/mask", "internal/bus", "internal/store", "internal/setting", "internal/spelling", "internal/strict",
		"internal/signature", "internal/jsapi/schema", "internal/interrupt", "internal/trace", "internal/npm", "internal/hostname", "internal/sourcetree", "spec",
	}, true},
}

// beside are packages that no layer holds: generators and tests.
var beside = []string{"internal/jsapi/gen", "internal/journal/event/gen", "internal/testkit/storetest", "internal/testkit/ruletest", "internal/testkit/sendtest", "internal/testkit/history", "internal/testkit/pgtest", "internal/testkit/apitest", "internal/testkit/openapitest", "internal/testkit/porttest", "internal/testkit/programtest", "internal/testkit/stage", "internal/mutant", "internal/release", "internal/architecture", "bench", "bench/empty"}

// outward are imports that rules and leaves must not have: they know no HTTP
// and no SQL.
var outward = []string{"net/http", "database/sql", "modernc.org/sqlite", "modernc.org/sqlite/lib", "github.com/jackc/pgx/v5", "github.com/jackc/pgx/v5/pgconn", "github.com/jackc/pgx/v5/pgxpool", "github.com/coder/websocket", "os/exec"}

type listed struct {
	ImportPath string
	Imports    []string
}

func TestImportsPointOneWay(t *testing.T) {
	for _, pkg := range list(t) {
		name := strings.TrimPrefix(pkg.ImportPath, module)
		if slices.Contains(beside, name) || strings.HasPrefix(name, "internal/bench") {
			continue
		}
		own := layerOf(name)
		if own < 0 {
			t.Errorf("%s stands in no layer: put it into the table of this test, and into ARCHITECTURE.md", name)
			continue
		}
		for _, imported := range pkg.Imports {
			check(t, name, own, imported)
		}
	}
}

func check(t *testing.T, name string, own int, imported string) {
	t.Helper()
	layer := layers[own]
	if (layer.name == "rules" || layer.name == "leaves" || name == "internal/dev/simulator") && slices.Contains(outward, imported) {
		t.Errorf("%s (%s) imports %s", name, layer.name, imported)
	}
	inner, ours := strings.CutPrefix(imported, module)
	if !ours {
		return
	}
	below := layerOf(inner)
	if below < own || (below == own && !layer.among) {
		t.Errorf("%s (%s) imports %s: imports point down", name, layer.name, inner)
	}
}

// A dialect is a surface of its own, and an operation knows none of them.
func TestOperationsAndDialectsStandApart(t *testing.T) {
	const engine, operation, dialect = module + "internal/jsapi", module + "internal/jsapi/operation", module + "internal/jsapi/dialect/"
	dialects := 0
	for _, pkg := range list(t) {
		isDialect := strings.HasPrefix(pkg.ImportPath, dialect)
		if isDialect {
			dialects++
		}
		for _, imported := range pkg.Imports {
			switch {
			case (isDialect || pkg.ImportPath == operation || pkg.ImportPath == engine) && strings.HasPrefix(imported, dialect):
				t.Errorf("%s imports the dialect %s", pkg.ImportPath, imported)
			case pkg.ImportPath == engine && imported == operation:
				t.Errorf("the engine imports the operations")
			}
		}
	}
	if dialects == 0 {
		t.Error("there is no dialect")
	}
}

// The closure of an operator's platform has nothing that only a development platform or a
// test needs.
func TestServe_imports_no_dev_and_no_testkit(t *testing.T) {
	cmd := exec.Command("go", "list", "-deps", "./internal/serve")
	cmd.Dir = "../.."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	packages := strings.Fields(string(out))
	for _, one := range packages {
		name := strings.TrimPrefix(one, module)
		if name == "internal/dev" || strings.HasPrefix(name, "internal/dev/") || strings.HasPrefix(name, "internal/testkit/") {
			t.Errorf("internal/serve imports %s, directly or not", name)
		}
	}
	if !slices.Contains(packages, module+"internal/httpapi/admin") {
		t.Errorf("the closure has no doors: %d packages", len(packages))
	}
}

// A development platform and an operator's platform are two programs on one server.
func TestDev_does_not_import_serve(t *testing.T) {
	for _, pkg := range list(t) {
		name := strings.TrimPrefix(pkg.ImportPath, module)
		if name != "cmd/selasar" && name != "internal/serve" && slices.Contains(pkg.Imports, module+"internal/serve") {
			t.Errorf("%s imports internal/serve", name)
		}
	}
}

// An adapter is used where a platform is put together, not by a door.
func TestDoors_and_adapters_do_not_import_each_other(t *testing.T) {
	inside := func(name string) bool {
		return name == "internal/httpapi" || strings.HasPrefix(name, "internal/httpapi/")
	}
	for _, pkg := range list(t) {
		name := strings.TrimPrefix(pkg.ImportPath, module)
		own := layerOf(name)
		if own < 0 {
			continue
		}
		for _, imported := range pkg.Imports {
			inner := strings.TrimPrefix(imported, module)
			adapter := func(name string) bool {
				at := layerOf(name)
				return at >= 0 && (layers[at].name == "adapters" || layers[at].name == "engine")
			}
			if inside(name) && adapter(inner) || adapter(name) && inside(inner) {
				t.Errorf("%s imports %s", name, inner)
			}
		}
	}
}

func layerOf(name string) int {
	return slices.IndexFunc(layers, func(l struct {
		name     string
		packages []string
		among    bool
	}) bool {
		return slices.Contains(l.packages, name)
	})
}

func list(t *testing.T) (packages []listed) {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	cmd.Dir = "../.."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var one listed
		if err := decoder.Decode(&one); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, one)
	}
}
