package manifest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selasar/selasar/internal/miniapp"
)

const whole = `{
  "$schema": "https://selasar.dev/manifest.schema.json",
  "id": "kopi",
  "name": "Kopi Selasar",
  "icon": "/icon.svg",
  "generation": "webview",
  "entry": "/menu?from=home",
  "dev": {"command": "go run .", "url": "http://localhost:5173"},
  "consents": [
    {"name": "getLocation", "mandatory": true, "reason": "to find a shop near you"},
    {"name": "device_info"}
  ],
  "deeplinks": ["gopay://tabungan", "gopay://home/promo/"],
  "domains": ["Kopi.example"],
  "notification_url": "https://kopi.example/notifications",
  "order_history_url": "https://kopi.example/orders",
  "templates": [{"name": "HK_PDS_NOTIFY", "kind": "push", "title": "Refund", "text": "{currency} {amount} came back"}],
  "rewards": {"types": ["GOPAY_COINS", "GOPAY_GEMS"], "max_gems": 500}
}`

func TestParse_reads_every_key(t *testing.T) {
	got, err := Parse([]byte(whole))
	if err != nil {
		t.Fatal(err)
	}
	want := Manifest{
		ID: "kopi", Name: "Kopi Selasar", Icon: "/icon.svg", Generation: miniapp.Webview, Entry: "/menu?from=home",
		Dev: Dev{Command: "go run .", URL: "http://localhost:5173"},
		Consents: []miniapp.Consent{
			{Name: "location", Mandatory: true, Reason: "to find a shop near you"},
			{Name: "device_info"},
		},
		Deeplinks:       []string{"gopay://tabungan", "gopay://home/promo"},
		Domains:         []string{"kopi.example"},
		NotificationURL: "https://kopi.example/notifications",
		OrderHistoryURL: "https://kopi.example/orders",
		Templates:       []miniapp.Template{{Name: "HK_PDS_NOTIFY", Kind: miniapp.PushTemplate, Title: "Refund", Text: "{currency} {amount} came back"}},
		Rewards:         miniapp.Rewards{Types: []miniapp.RewardType{miniapp.Coins, miniapp.Gems}, MaxGems: 500},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestParse_accepts_a_manifest_with_only_an_id(t *testing.T) {
	for _, text := range []string{`{"id":"kopi"}`, "\xef\xbb\xbf{\"id\":\"kopi\"}\r\n"} {
		got, err := Parse([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		want := Manifest{ID: "kopi", Name: "kopi", Generation: miniapp.ContainerV2, Entry: "/"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
}

func TestParse_returns_all_problems_at_once(t *testing.T) {
	_, err := Parse([]byte(`{
  "nmae": "Kopi",
  "icon": 7,
  "icon": 7,
  "consents": [
    {"name": "locaton"},
    {"name": "wifi", "mandatory": "yes"},
    {"mandatory": true},
    {"name": "wifi"}
  ]
}`))
	want := `miniapp.json has 8 problems: ` + strings.Join([]string{
		`line 2: unknown key "nmae", did you mean "name"?`,
		`line 3: icon must be a string, got 7`,
		`line 4: the key "icon" appears twice`,
		`line 6: consents[0].name: there is no consent "locaton", did you mean "location"?`,
		`line 7: consents[1].mandatory must be true or false, got "yes"`,
		`line 8: consents[2].name is missing: one of profile, location, camera, bank_account, device_info, wifi`,
		`line 9: consents[3] repeats the consent "wifi"`,
		`line 1: the key "id" is missing: a short name such as "kopi"`,
	}, "; ")
	if err == nil {
		t.Fatal("no error")
	}
	if diff := cmp.Diff(want, err.Error()); diff != "" {
		t.Error(diff)
	}
}

func TestRead(t *testing.T) {
	dir := t.TempDir()
	refused := func(dir, want string) {
		t.Helper()
		if _, err := Read(dir); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Read(%q) = %v, want %q", dir, err, want)
		}
	}
	file := filepath.Join(dir, File)
	refused(filepath.Join(dir, "nothing"), "there is no folder")
	refused(dir, "there is no miniapp.json in")
	write(t, file, strings.Repeat(" ", maxSize+1))
	refused(dir, "larger than 1024 KiB")
	refused(file, "is not a folder")
	write(t, file, `{"id":"kopi"}`)
	if m, err := Read(dir); err != nil || m.ID != "kopi" {
		t.Errorf("Read = %+v, %v", m, err)
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(file, 0o755); err != nil {
		t.Fatal(err)
	}
	refused(dir, "is not a file")
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestDefault(t *testing.T) {
	m, err := Default("http://localhost:5173/menu?x=1")
	if err != nil {
		t.Fatal(err)
	}
	if m.Dev.URL != "http://localhost:5173" || m.Entry != "/menu?x=1" || m.Name != "localhost:5173" || len(m.Consents) != 6 || m.ID == "" {
		t.Errorf("got %+v", m)
	}
	for _, page := range []string{"", "localhost:5173", "ftp://x", "http://", "http://u:p@x", "http://x/#y", "javascript:alert(1)", "http://x:y"} {
		if _, err := Default(page); err == nil {
			t.Errorf("Default(%q) returns no error", page)
		}
	}
}

func TestManifest_App_opens_on_the_given_origin(t *testing.T) {
	for entry, want := range map[string]string{
		"/":                            "http://localhost:7301/",
		"/menu?x=1":                    "http://localhost:7301/menu?x=1",
		"/#/menu":                      "http://localhost:7301/#/menu",
		"https://kopi.example/a?b=%2F": "http://localhost:7301/a?b=%2F",
		"https://kopi.example":         "http://localhost:7301/",
	} {
		app := Manifest{ID: "kopi", Entry: entry}.App("http://localhost:7301")
		if app.EntryURL != want || app.Status != miniapp.Active {
			t.Errorf("entry %q opens at %q, want %q (%s)", entry, app.EntryURL, want, app.Status)
		}
	}
}

func FuzzManifest(f *testing.F) {
	for _, tc := range documents {
		f.Add([]byte(tc.text))
	}
	f.Add([]byte(whole))
	schema := compileSchema(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := Parse(data)
		if err != nil {
			if text := err.Error(); strings.ContainsAny(text, "\n\r\x00\x1b") {
				t.Fatalf("the error is not one plain line: %q", text)
			}
			return
		}
		if m.ID == "" || m.Name == "" || m.Entry == "" || m.Generation == "" {
			t.Fatalf("accepted without the required members: %+v", m)
		}
		if err := validate(schema, string(data)); err != nil {
			t.Fatalf("the parser accepts a document that the schema refuses: %s: %v", data, err)
		}
	})
}

func readSchema(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "spec", "manifest.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}
