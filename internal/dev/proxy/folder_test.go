package proxy

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"index.html": "home", "menu/index.html": "menu", "app.mjs": "export {}", "icon.svg": "<svg/>", "a b.txt": "space",
		"bare/x.txt": "x", "data/selasar.db": "secret", "database.txt": "fine", ".well-known/x.json": "{}",
		".env": "secret", ".git/config": "secret", ".selasar/key": "secret", "menu/.hidden": "secret",
	} {
		put(t, dir, name, content)
	}
	put(t, filepath.Dir(dir), "outside.txt", "secret")
	if err := os.Symlink(filepath.Join("..", "outside.txt"), filepath.Join(dir, "link.txt")); err != nil {
		t.Fatal(err)
	}
	for link, target := range map[string]string{
		"key.txt": ".selasar/key", "menu/key.txt": "../.selasar/key", "again.txt": "key.txt", "store": "data", "hidden": ".git", "loop": "loop",
		"absolute.txt": filepath.Join(dir, ".env"), "up": "..", "same.txt": "a b.txt", "menu/back": "..", "shop": "menu",
	} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	app := front(t, Config{Folder: dir, Hidden: []string{filepath.Join(dir, "data"), "/etc"}})
	for path, want := range map[string]struct {
		status int
		body   string
		kind   string
	}{
		"/":                             {200, "home", "text/html; charset=utf-8"},
		"/menu/":                        {200, "menu", "text/html; charset=utf-8"},
		"/menu":                         {301, "", ""},
		"/app.mjs":                      {200, "export {}", "text/javascript; charset=utf-8"},
		"/icon.svg":                     {200, "<svg/>", "image/svg+xml"},
		"/a%20b.txt?x=1":                {200, "space", "text/plain; charset=utf-8"},
		"/bare/x.txt":                   {200, "x", "text/plain; charset=utf-8"},
		"/database.txt":                 {200, "fine", "text/plain; charset=utf-8"},
		"/.well-known/x.json":           {200, "{}", "application/json"},
		"/bare/":                        {404, "", ""},
		"/nothing":                      {404, "", ""},
		"/.env":                         {404, "", ""},
		"/%2eenv":                       {404, "", ""},
		"/.git/config":                  {404, "", ""},
		"/.selasar/key":                 {404, "", ""},
		"/menu/.hidden":                 {404, "", ""},
		"/menu/../.env":                 {404, "", ""},
		"/data/selasar.db":              {404, "", ""},
		"/data/":                        {404, "", ""},
		"/link.txt":                     {404, "", ""},
		"/key.txt":                      {404, "", ""},
		"/menu/key.txt":                 {404, "", ""},
		"/again.txt":                    {404, "", ""},
		"/store/selasar.db":             {404, "", ""},
		"/hidden/config":                {404, "", ""},
		"/loop":                         {404, "", ""},
		"/absolute.txt":                 {404, "", ""},
		"/up/outside.txt":               {404, "", ""},
		"/menu/back/.env":               {404, "", ""},
		"/shop/.hidden":                 {404, "", ""},
		"/same.txt":                     {200, "space", "text/plain; charset=utf-8"},
		"/shop/":                        {200, "menu", "text/html; charset=utf-8"},
		"/menu/back/app.mjs":            {200, "export {}", "text/javascript; charset=utf-8"},
		"/../outside.txt":               {404, "", ""},
		"/%2e%2e/outside.txt":           {404, "", ""},
		"/..%2foutside.txt":             {404, "", ""},
		"/menu/%00":                     {404, "", ""},
		"/" + strings.Repeat("a", 5000): {404, "", ""},
	} {
		answer := app.send(t, "GET", path, "")
		body := text(t, answer)
		if answer.StatusCode != want.status || (want.status == 200 && (body != want.body || answer.Header.Get("Content-Type") != want.kind)) {
			t.Errorf("%.60s: %d %q %s, want %+v", path, answer.StatusCode, body, answer.Header.Get("Content-Type"), want)
		}
		if strings.Contains(body, "secret") || strings.Contains(body, dir) {
			t.Errorf("%.60s reveals %q", path, body)
		}
		if answer.StatusCode == 200 && answer.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s may be cached", path)
		}
	}
	if answer := app.send(t, "POST", "/", "x"); answer.StatusCode != http.StatusMethodNotAllowed || !strings.Contains(text(t, answer), "dev.command") {
		t.Errorf("POST: %d", answer.StatusCode)
	}
}

// The data folder of a mini app may be a link into the folder, and the folder itself may be one.
func TestFolder_hides_data_behind_links(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "app/kept/master.key", "secret")
	put(t, dir, "app/index.html", "home")
	for link, target := range map[string]string{"data": "app/kept", "shop": "app"} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"app", "shop"} {
		app := front(t, Config{Folder: filepath.Join(dir, name), Hidden: []string{filepath.Join(dir, "data")}})
		if answer := app.send(t, "GET", "/kept/master.key", ""); answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", name, answer.StatusCode)
		}
		if got := text(t, app.send(t, "GET", "/", "")); got != "home" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestFolder_without_index_answers_with_a_page_of_instructions(t *testing.T) {
	dir := t.TempDir()
	app := front(t, Config{Folder: dir})
	answer := app.send(t, "GET", "/", "", "Accept", navigation)
	body := text(t, answer)
	if answer.StatusCode != http.StatusNotFound || !strings.Contains(body, "There is no index.html in "+dir) || !strings.Contains(body, "dev.command") {
		t.Errorf("%d %s", answer.StatusCode, body)
	}
	put(t, dir, "index.html", "home")
	if got := text(t, app.send(t, "GET", "/", "", "Accept", navigation)); got != "home" {
		t.Errorf("a page written later is not seen: %q", got)
	}
}

func put(t *testing.T, dir, name, content string) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}
