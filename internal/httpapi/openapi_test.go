package httpapi_test

import (
	"bytes"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/httpapi"
	"github.com/selasar/selasar/internal/testkit/apitest"
	"github.com/selasar/selasar/spec"
)

// securities maps a route's demand to its security scheme in the document.
var securities = map[httpapi.Demand]string{
	httpapi.OwnOrigin: "", httpapi.LocalHost: "", httpapi.Socket: "", "none": "", httpapi.Launch: "launchToken", httpapi.Basic: "basic", httpapi.Bearer: "authToken",
	httpapi.ClientKey: "clientKey rsaSignature", httpapi.Signed: "accessToken hmacSignature", httpapi.ServerKey: "serverKey",
}

func TestOpenAPI_has_exactly_the_routes_with_their_demands(t *testing.T) {
	want := map[string]httpapi.Demand{}
	for _, r := range apitest.Start(t).API.Routes() {
		want[r.Pattern] = r.Demand
	}
	for _, open := range []string{"GET /healthz", "GET /openapi.yaml", "GET /sdk/{file}", "GET /sdk/stable/gp-container.min.js", "GET /npm/{package}", "GET /"} {
		want[open] = "none"
	}
	for name, operation := range apitest.OpenAPI().Operations() {
		demand, ok := want[name]
		if !ok {
			t.Errorf("the server has no %s", name)
		}
		delete(want, name)
		var schemes []string
		list, _ := operation["security"].([]any)
		for _, one := range list {
			schemes = append(schemes, slices.Sorted(maps.Keys(one.(map[string]any)))...)
		}
		if operation["x-demand"] != string(demand) || strings.Join(schemes, " ") != securities[demand] {
			t.Errorf("%s demands %q, the document says %q with %q", name, demand, operation["x-demand"], schemes)
		}
		for _, member := range []string{"summary", "operationId", "tags", "responses"} {
			if operation[member] == nil {
				t.Errorf("%s has no %s", name, member)
			}
		}
	}
	for name := range want {
		t.Errorf("the document has no %s", name)
	}
}

// The server's source names the paths that it mounts in addition to the doors' prefixes.
func TestOpenAPI_has_every_mounted_path(t *testing.T) {
	source, err := os.ReadFile("../dev/doors.go")
	apitest.Must(t, err)
	_, handler, _ := strings.Cut(string(source), "\nfunc (d *Platform) handler()")
	handler, _, _ = strings.Cut(handler, "\n}\n")
	mounts := apitest.Start(t).API.Prefixes()
	for _, mount := range regexp.MustCompile(`"(/[^"]*)"`).FindAllStringSubmatch(handler, -1) {
		mounts = append(mounts, mount[1])
	}
	if len(mounts) < 8 || !slices.Contains(mounts, "/sdk/") {
		t.Fatalf("found %q", mounts)
	}
	for _, mount := range mounts {
		found := false
		for path := range apitest.OpenAPI().Root["paths"].(map[string]any) {
			found = found || path == mount || mount != "/" && strings.HasSuffix(mount, "/") && strings.HasPrefix(path, mount)
		}
		if !found {
			t.Errorf("the document has no path below %s", mount)
		}
	}
}

func TestOpenAPI_examples_are_valid(t *testing.T) {
	checked, mistakes := apitest.OpenAPI().CheckExamples()
	for _, err := range mistakes {
		t.Error(err)
	}
	if checked < 60 {
		t.Errorf("only %d examples", checked)
	}
}

func TestOpenAPI_is_served_to_every_page(t *testing.T) {
	t.Parallel()
	got := apitest.Start(t).Get("/openapi.yaml", apitest.With("Origin", "https://editor.example"))
	if !bytes.Equal(got.Body, spec.OpenAPI) || got.Header.Get("Access-Control-Allow-Origin") != "*" || got.Header.Get("Content-Type") != "application/yaml" {
		t.Errorf("%v %.80s", got.Header, got.Body)
	}
}

func TestOpenAPI_names_the_SDK_files(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	parameter := apitest.OpenAPI().Operations()["GET /sdk/{file}"]["parameters"].([]any)[0].(map[string]any)
	for _, file := range parameter["schema"].(map[string]any)["enum"].([]any) {
		d.Get("/sdk/" + file.(string))
	}
}
