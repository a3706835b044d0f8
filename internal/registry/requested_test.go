package registry_test

import (
	"encoding/json"
	"testing"

	"github.com/selasar/selasar/internal/registry"
	"github.com/selasar/selasar/internal/testkit/stage"
)

func TestRequested_is_what_the_manifest_asks_for(t *testing.T) {
	requested := func(manifest string) registry.Permissions {
		t.Helper()
		p, err := registry.Version{Origin: "https://kopi.example", Manifest: json.RawMessage(manifest)}.Requested()
		if err == nil {
			err = p.Check()
		}
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	p := requested(`{"id":"kopi","consents":[{"name":"location"}],"jsapis":["getLocation"],"deeplinks":["gopay://home"],"domains":["kopi.example"],"notification_url":"/notify","rewards":{"types":["GOPAY_COINS"]}}`)
	text, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	stage.Is(t, "the permissions", string(text), `{"consents":["location"],"jsapis":[{"name":"getLocation","reason":"the manifest asks for it"}],"deeplinks":["gopay://home"],"domains":["kopi.example"],`+
		`"notification_url":"https://kopi.example/notify","rewards":{"types":["GOPAY_COINS"]}}`)
	for generation, method := range map[string]string{"webview": "getAuthCode", "container-v2": "GPMiniAppAuth.getAuthCode"} {
		all := requested(`{"id":"kopi","generation":"` + generation + `"}`)
		stage.Is(t, "the first method of "+generation, all.JSAPIs[0].Name, method)
		stage.Is(t, "the rewards of "+generation, len(all.Rewards.Types), 0)
	}
	if _, err := (registry.Version{Origin: "kopi", Manifest: json.RawMessage(`{}`)}).Requested(); err == nil {
		t.Error("a version without an origin is accepted")
	}
}
