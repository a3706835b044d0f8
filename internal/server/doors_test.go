package server

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/httpapi"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/sqlstore"
)

func TestDoors_without_dev_have_no_control_API_and_no_payment_page(t *testing.T) {
	t.Parallel()
	p, err := openPlatform(t.Context(), sqlstore.Options{Path: filepath.Join(t.TempDir(), "selasar.db"), Key: secret.Random()}, clock.NewSystem(), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = p.close() }()
	doors, err := p.doors(edge.Apps{}, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	routes := httpapi.New(doors...).Routes()
	for _, r := range routes {
		if strings.Contains(r.Pattern, "/control/") || strings.Contains(r.Pattern, "/app/") {
			t.Errorf("%s is there without dev", r.Pattern)
		}
	}
	if len(routes) < 20 {
		t.Errorf("only %d routes", len(routes))
	}
}
