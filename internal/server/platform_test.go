package server_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/server"
	"github.com/selasar/selasar/internal/sqlstore"
)

func TestOpen_without_further_doors_has_no_control_API_and_no_payment_page(t *testing.T) {
	t.Parallel()
	p, err := server.Open(t.Context(), server.Config{
		Database: sqlstore.Options{Path: filepath.Join(t.TempDir(), "selasar.db"), Key: secret.Random()},
		Host:     func(context.Context, *server.Platform) (server.Host, error) { return server.Host{}, nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	}()
	routes := p.API.Routes()
	for _, r := range routes {
		if strings.Contains(r.Pattern, "/control/") || strings.Contains(r.Pattern, "/app/") {
			t.Errorf("route %s exists without dev", r.Pattern)
		}
	}
	if len(routes) < 20 {
		t.Errorf("%d routes", len(routes))
	}
}

func TestOpen_refuses_a_configuration_without_a_host(t *testing.T) {
	_, err := server.Open(t.Context(), server.Config{Database: sqlstore.Options{Path: filepath.Join(t.TempDir(), "selasar.db"), Key: secret.Random()}})
	if err == nil || !strings.Contains(err.Error(), "Host") {
		t.Errorf("error %v", err)
	}
}
