package control_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/testkit/apitest"
)

const png = "\x89PNG\r\n\x1a\n a picture"

func TestDevice_motion_shake_and_blow(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	d.Patch("/control/v1/device", `{"motion":{"beta":45,"gamma":-10,"heading":359.5,"acceleration":{"x":1}},"sensors":{"compass":false},"screen":{"width":390}}`)
	for _, bad := range []string{
		`{"motion":{"heading":360}}`, `{"motion":{"beta":181}}`, `{"motion":{"gamma":-91}}`, `{"motion":{"acceleration":{"x":1e9}}}`,
		`{"motion":{"path":{"points":[]}}}`, `{"motion":{"path":{"points":[{"at_ms":5},{"at_ms":5}]}}}`, `{"motion":{"path":{"points":[{"at_ms":0},{"at_ms":9,"beta":999}]}}}`,
		`{"screen":null}`, `{"screen":{"width":1}}`, `{"sensors":{"nose":true}}`, `{"clipboard":"` + strings.Repeat("x", 20_000) + `"}`,
	} {
		d.Send("PATCH", "/control/v1/device", bad).Refused(400, "bad_request")
	}
	if got := d.Get("/control/v1/device"); got.Member("motion") != `{"beta":45,"gamma":-10,"heading":359.5,"acceleration":{"x":1,"y":0,"z":0}}` {
		t.Errorf("motion is %s", got.Member("motion"))
	}
	d.Post("/control/v1/device/shake", "").OK(204)
	d.Post("/control/v1/device/shake", `{"strength":12.5,"times":2}`).OK(204)
	d.Post("/control/v1/device/blow", `{"duration_ms":500}`).OK(204)
	for _, bad := range []string{`{"strength":0}`, `{"times":0}`, `{"strenght":5}`, `[]`} {
		d.Post("/control/v1/device/shake", bad).Refused(400, "bad_request")
	}
	d.Post("/control/v1/device/blow", `{"duration_ms":0}`).Refused(400, "bad_request")
	if got := string(d.Get("/control/v1/journal").Body); !strings.Contains(got, `"device.shaken"`) || !strings.Contains(got, `"device.blown"`) {
		t.Error("the journal does not tell of the shake and the blow")
	}
}

func TestFiles_are_the_gallery(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	d.Get("/control/v1/files").Has("", "files")
	made := d.Post("/control/v1/files?name=kopi.png", png, apitest.With("Content-Type", "image/png")).OK(201)
	d.Post("/control/v1/files", png).OK(201)
	path := "/control/v1/files/" + made.Text("id")
	if got := d.Get(path); string(got.Body) != png || got.Header.Get("Content-Type") != "image/png" || got.Header.Get("Content-Security-Policy") != "sandbox" {
		t.Errorf("read %q, %v", got.Body, got.Header)
	}
	d.Send("GET", "/control/v1/files/99", "").Refused(404, "not_found")
	d.Post("/control/v1/files", "<script>").Refused(400, "bad_request")
	d.Post("/control/v1/files?name=..%2Fx", png).Refused(400, "bad_request")
	d.Post("/control/v1/files", strings.Repeat("x", 33<<20)).Refused(413, "too_large")
	var list struct {
		Files []struct{ Name, Folder string }
	}
	d.Get("/control/v1/state").Into(&list)
	if len(list.Files) != 2 || !strings.HasSuffix(list.Files[0].Name, "_gpwebkit.png") || list.Files[1].Name != "kopi.png" || list.Files[1].Folder != "PICTURES" {
		t.Errorf("the state has %+v", list.Files)
	}
	d.Post("/control/v1/reset", "").OK(204)
	if got := d.Get("/control/v1/files").Member("files"); got != "[]" {
		t.Errorf("after a reset the device has %s", got)
	}
}

// A whole use of the phone over plain HTTP: a download, and a photo that the page loads.
func TestPhone_saves_a_file_and_takes_a_photo(t *testing.T) {
	t.Parallel()
	files := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(png)) }))
	defer files.Close()
	d := apitest.StartWith(t, strings.Replace(apitest.Kopi, `"consents":[`, `"consents":[{"name":"camera"},`, 1))
	d.Patch("/control/v1/answers", `{"camera":"taken"}`)
	l := d.Open(apitest.AllowAll)
	socket := l.Dial()
	call := func(method, params string) map[string]any {
		got := d.Post(l.Path("/calls"), `{"dialect":"container","method":"`+method+`","params":`+params+`,"page":1}`, apitest.Bearer(l.Token)).OK(200)
		var result map[string]any
		apitest.Must(t, json.Unmarshal([]byte(got.Member("result")), &result))
		return result
	}
	call("GPFile.save", `{"url":"`+files.URL+`/kopi.png","name":"kopi.png","destination":"PICTURES"}`)
	if got := socket.HearUntil("GPFile.Event.saveSuccess"); !strings.Contains(got[len(got)-1], `"page":1`) {
		t.Errorf("heard %s", got)
	}
	call("GPFile.save", `{"url":"`+d.URLs.API+`/control/v1/credentials","destination":"DOWNLOADS"}`)
	if got := socket.HearUntil("GPFile.Event.saveFailed"); !strings.Contains(got[len(got)-1], "Selasar's own") {
		t.Errorf("heard %s", got)
	}
	photo := call("GPCamera.takePhoto", `{"mode":"photo"}`)
	url, _ := photo["url"].(string)
	get := func(path string) (int, string) {
		response, err := http.Get(strings.TrimSuffix(d.URLs.App, "/") + path)
		apitest.Must(t, err)
		defer response.Body.Close()
		body := make([]byte, len(png))
		n, _ := response.Body.Read(body)
		return response.StatusCode, string(body[:n])
	}
	if status, body := get(url); status != 200 || body != png {
		t.Errorf("%s: %d %q; the photo is %v", url, status, body, photo)
	}
	if status, _ := get(url[:len(url)-1]); status != 404 {
		t.Errorf("without the whole key: %d", status)
	}
}

func TestPage_that_leaves_ends_its_subscriptions(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	l := d.Open(apitest.AllowAll)
	socket := l.Dial()
	socket.Say(`{"id":1,"type":"call","dialect":"container","method":"GPMotion.startAccelerometer","page":1}`)
	socket.Say(`{"id":2,"type":"leave","page":1}`)
	for _, line := range socket.HearUntil("page_gone") {
		if strings.Contains(line, `"error"`) {
			t.Error(line)
		}
	}
	d.Post(l.Path("/calls"), `{"dialect":"container","method":"GPMotion.startCompass","page":2}`, apitest.Bearer(l.Token)).OK(200)
	if got := d.Send("DELETE", l.Path("/background?page=3"), "", apitest.Bearer(l.Token)).OK(200).Member("subscriptions"); !strings.Contains(got, "compass") {
		t.Errorf("page 3 left, and %s runs", got)
	}
	if got := d.Send("DELETE", l.Path("/background?page=2"), "", apitest.Bearer(l.Token)).OK(200).Member("subscriptions"); got != "[]" {
		t.Errorf("page 2 left, and %s runs", got)
	}
	for _, bad := range []string{"", "x", "-1"} {
		d.Send("DELETE", l.Path("/background?page="+bad), "", apitest.Bearer(l.Token)).Refused(400, "bad_request")
	}
}
