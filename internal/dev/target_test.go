package dev

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The environment of a mini app's command has nothing of Selasar's own configuration.
func TestEnvironment_hides_the_configuration_of_Selasar(t *testing.T) {
	for _, name := range []string{"SELASAR_DATABASE", "SELASAR_API_URL", "SELASAR_LISTEN", "PGPASSWORD", "PGPASSFILE", "PGHOST", "PGSERVICE", "PGSSLKEY", "pgpassword"} {
		t.Setenv(name, "geheim")
	}
	t.Setenv("PAGER", "less")
	t.Setenv("DATABASE_URL", "the mini app's own")
	all := environment()
	if strings.Contains(strings.Join(all, "\n"), "geheim") || !slices.Contains(all, "PAGER=less") || !slices.Contains(all, "DATABASE_URL=the mini app's own") {
		t.Errorf("the environment is %q", all)
	}
}

// Without a data folder in the configuration, the folder in which Selasar runs is not
// hidden.
func TestFolder_in_which_selasar_runs_is_served(t *testing.T) {
	app := t.TempDir()
	pictures := filepath.Join(app, "pictures")
	for name, text := range map[string]string{"miniapp.json": `{"id":"kopi"}`, "pictures/cup.txt": "a cup", "kept/cup.txt": "a secret"} {
		path := filepath.Join(app, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(pictures)
	for data, want := range map[string]map[string]int{
		"":                             {"pictures/cup.txt": 200, ".selasar/master.key": 404},
		filepath.Join(app, "kept"):     {"pictures/cup.txt": 200, "kept/cup.txt": 404, "kept/master.key": 404},
		filepath.Join("..", "kept"):    {"pictures/cup.txt": 200, "kept/master.key": 404},
		filepath.Join(pictures, "own"): {"pictures/cup.txt": 200, "pictures/own/master.key": 404},
	} {
		d, err := Start(t.Context(), Config{Target: "..", Data: data, Listen: "127.0.0.1:0", AppListen: "127.0.0.1:0", Output: io.Discard})
		if err != nil {
			t.Fatal(err)
		}
		for path, status := range want {
			answer, err := http.Get(d.URLs.App + path)
			if err != nil {
				t.Fatal(err)
			}
			_ = answer.Body.Close()
			if answer.StatusCode != status {
				t.Errorf("data %q: %s answers %d, want %d", data, path, answer.StatusCode, status)
			}
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
