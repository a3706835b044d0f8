package jsapi_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/miniapp"
)

// phoned opens kopi with the whole simulated device behind gpContainer. It downloads the
// text "%PDF" from every address but those with "broken".
func phoned(t testing.TB, of miniapp.Generation) (*platform, string) {
	p, _ := contained(t, of, func(app *miniapp.App) {
		app.Consents = append(app.Consents, miniapp.Consent{Name: "camera"})
		app.Drafts = true
	})
	p.engine.Sensors, p.engine.Files, p.sim.Photos = p.sim, p.sim, p.engine.Blobs
	p.engine.PhotoURL = func(id string) string { return "/photos/" + id }
	p.sim.Download = func(_ context.Context, url string) (string, []byte, error) {
		if strings.Contains(url, "broken") {
			return "", nil, errors.New("the server answered with status 404")
		}
		return "application/pdf", []byte("%PDF"), nil
	}
	p.choose(`{"share":"shared","uri":"open","camera":"taken"}`)
	return p, p.trusted()
}

// Each method's success: the members of the envelope, without success and ret.
func TestContainer_methods_of_the_phone(t *testing.T) {
	t.Parallel()
	v2, inV2 := phoned(t, miniapp.ContainerV2)
	v1, inV1 := phoned(t, miniapp.ContainerV1)
	for _, c := range []struct{ method, params, want string }{
		{"GPNavigator.launchUri", `{"uri":"https://kopi.example/menu?id=7#top"}`, `{}`},
		{"GPNavigator.push", `{"url":"detail.html?id=7#top"}`, `{}`},
		{"GPNavigator.pop", `{}`, `{}`},
		{"GPMotion.startAccelerometer", `{}`, `{"msg":"ACCELEROMETER_STARTED"}`},
		{"GPMotion.stopAccelerometer", `{}`, `{"msg":"ACCELEROMETER_STOPPED"}`},
		{"GPMotion.startCompass", `{"interval":"ui"}`, `{"msg":"COMPASS_STARTED"}`},
		{"GPMotion.stopCompass", `{}`, `{"msg":"COMPASS_STOPPED"}`},
		{"GPMotion.listenGyro", `{}`, `{"msg":"GYROSCPOPE_STARTED"}`},
		{"GPMotion.listenGyro", `{"on":false}`, `{"msg":"GYROSCOPE_STOPPED"}`},
		{"GPMotion.listeningShake", `{"on":true}`, `{"msg":"SHAKE_STARTED"}`},
		{"GPMotion.listeningShake", `{"on":false}`, `{"msg":"SHAKE_STOPPED"}`},
		{"GPMotion.vibrate", `{"duration":7000}`, `{}`},
		{"GPMotion.listenBlow", `{}`, `{"msg":"BLOW_STARTED"}`},
		{"GPMotion.stopListenBlow", `{}`, `{"msg":"BLOW_STOPPED"}`},
		{"GPFile.save", `{"url":"https://kopi.example/r.pdf","destination":"DOWNLOADS"}`, `{"msg":"SAVE_STARTED"}`},
		{"GPShare.share", `{"text":"Two coffees"}`, `{}`},
		{"GPBase.copyToClipboard", `{"text":""}`, `{}`},
		{"GPUIToast.toast", `{"message":"<b>Ready</b>","duration":5}`, `{}`},
		{"GPNavigationBar.update", `{"title":"<b>Kopi</b>","titleColor":"#FFFFFF","backgroundColor":"#00880080","hideBackButton":"true"}`, `{}`},
		{"GPNavigationBar.update", `{}`, `{}`},
		{"GPNavigationBar.getHeight", `{}`, `{"data":{"height":56,"screenWidth":360,"screenHeight":800},"height":56,"screenWidth":360,"screenHeight":800}`},
	} {
		p, l := v2, inV2
		if strings.HasPrefix(c.method, "GPUIToast") || strings.HasPrefix(c.method, "GPNavigationBar") {
			p, l = v1, inV1
		}
		got := p.container(l, c.method, c.params)
		if got["success"] != true || got["ret"] != "GP_SUCCESS" {
			t.Errorf("%s %s: %s", c.method, c.params, show(got))
		}
		delete(got, "success")
		delete(got, "ret")
		if show(got) != show(membersOf(t, []byte(c.want))) {
			t.Errorf("%s %s:\n got %s\nwant %s", c.method, c.params, show(got), c.want)
		}
	}
}

// Wrong values have a code, and a message that says what to do.
func TestContainer_methods_of_the_phone_refuse_bad_input(t *testing.T) {
	t.Parallel()
	v2, inV2 := phoned(t, miniapp.ContainerV2)
	v1, inV1 := phoned(t, miniapp.ContainerV1)
	for _, c := range []struct{ method, params, code, message string }{
		{"GPNavigator.launchUri", `{"uri":"javascript:alert(1)"}`, "202", "scripts never run outside the page"},
		{"GPNavigator.launchUri", `{"uri":"JavaScript:alert(1)"}`, "202", "scripts never run"},
		{"GPNavigator.launchUri", `{"uri":" javascript:alert(1)"}`, "202", "no address"},
		{"GPNavigator.launchUri", `{"uri":"data:text/html,x"}`, "202", "in the page"},
		{"GPNavigator.launchUri", `{"uri":"file:///etc/passwd"}`, "202", "never open"},
		{"GPNavigator.launchUri", `{"uri":"gopay://home"}`, "202", "launchDeeplink"},
		{"GPNavigator.launchUri", `{"uri":"tel:+62"}`, "202", "a link in the page"},
		{"GPNavigator.launchUri", `{"uri":"ftp://kopi.example/"}`, "202", "only http and https"},
		{"GPNavigator.launchUri", `{"uri":"/menu"}`, "202", "https://"},
		{"GPNavigator.launchUri", `{"uri":"https:///menu"}`, "202", "names no server"},
		{"GPNavigator.push", `{"url":"https://kopi.example/"}`, "202", "launchUri"},
		{"GPNavigator.push", `{"url":"http://localhost:2/"}`, "202", "not a page of the mini app"},
		{"GPNavigator.push", `{"url":"javascript:alert(1)"}`, "202", "not a page of the mini app"},
		{"GPMotion.startAccelerometer", `{"interval":"fast"}`, "202", "game, ui, normal"},
		{"GPMotion.listenGyro", `{"on":"yes"}`, "201", "boolean"},
		{"GPMotion.listenGyro", `{"frequency":0}`, "202", "above 0"},
		{"GPMotion.listeningShake", `{}`, "200", "needs on"},
		{"GPMotion.vibrate", `{"duration":-1}`, "202", "0 to 60000"},
		{"GPFile.save", `{"url":"blob:https://kopi.example/1","destination":"DOWNLOADS"}`, "202", "upload the content"},
		{"GPFile.save", `{"url":"https://kopi.example/r","name":"../../etc/passwd","destination":"DOWNLOADS"}`, "202", "must not be a path"},
		{"GPFile.save", `{"url":"https://kopi.example/r","name":"a\\b","destination":"DOWNLOADS"}`, "202", "must not be a path"},
		{"GPFile.save", `{"url":"https://kopi.example/r","name":"..","destination":"DOWNLOADS"}`, "202", "needs a name"},
		{"GPFile.save", `{"url":"https://kopi.example/r"}`, "200", "needs destination"},
		{"GPShare.share", `{"text":7}`, "201", "string"},
		{"GPUIToast.toast", `{"message":"x","duration":0}`, "202", "above 0"},
		{"GPNavigationBar.update", `{"titleColor":"red"}`, "202", "#RRGGBB"},
		{"GPNavigationBar.update", `{"backgroundColor":"#fff;x"}`, "202", "no colour"},
		{"GPNavigationBar.update", `{"hideBackButton":"no"}`, "202", `"true" or "false"`},
		{"GPNavigationBar.update", `{"hideBackButton":1}`, "201", "boolean"},
	} {
		p, l := v2, inV2
		if strings.HasPrefix(c.method, "GPUIToast") || strings.HasPrefix(c.method, "GPNavigationBar") {
			p, l = v1, inV1
		}
		got := p.container(l, c.method, c.params)
		message, _ := got["errorMessage"].(string)
		if got["errorCode"] != c.code || !strings.Contains(message, c.message) {
			t.Errorf("%s %s: %v %q, want %s %q", c.method, c.params, got["errorCode"], message, c.code, c.message)
		}
	}
	v2.device(`{"os":"ios"}`)
	got := v2.container(inV2, "GPFile.save", `{"url":"https://kopi.example/r","destination":"DCIM"}`)
	if got["errorCode"] != "202" || !strings.Contains(got["errorMessage"].(string), "Android only") {
		t.Errorf("DCIM on iOS: %s", show(got))
	}
}

func TestContainer_effects_reach_the_host_and_a_host_that_reconnects(t *testing.T) {
	t.Parallel()
	p, l := phoned(t, miniapp.ContainerV1)
	heard := p.listens(l)
	p.container(l, "GPUIToast.toast", `{"message":"Ready","duration":0.5}`)
	p.container(l, "GPNavigationBar.update", `{"title":"","hideBackButton":"false","barStyle":"float"}`)
	for _, want := range []string{`"message":"Ready","duration_ms":500}`, `"title":"","bar_style":"float","hide_back_button":false}`} {
		if e := p.next(heard); !strings.HasSuffix(show(e.Data), want) || e.Seq == 0 {
			t.Errorf("received %s, want %s", show(e), want)
		}
	}
	missed := p.engine.Reports(l, 0)
	if len(missed) != 2 || missed[0].Event != bus.ToastShown || missed[1].Event != bus.BarChanged {
		t.Errorf("a host that reconnects gets %s", show(missed))
	}
	for range 200 {
		p.container(l, "GPUIToast.toast", `{"message":"again"}`)
	}
	if kept := p.engine.Reports(l, 0); len(kept) != 64 {
		t.Errorf("%d effects are kept", len(kept))
	}
}

func TestClipboard_is_on_the_device(t *testing.T) {
	t.Parallel()
	p, l := phoned(t, miniapp.ContainerV2)
	p.container(l, "GPBase.copyToClipboard", `{"text":"KOPI-15"}`)
	if got := p.sim.Now().Clipboard; got != "KOPI-15" {
		t.Errorf("the clipboard is %q", got)
	}
}

func TestSave_tells_its_end_in_an_event(t *testing.T) {
	t.Parallel()
	p, l := phoned(t, miniapp.ContainerV2)
	p.device(`{"variants":{"events":"detail"}}`)
	heard := p.listens(l)
	p.container(l, "GPFile.save", `{"url":"https://kopi.example/r.pdf","destination":"DOWNLOADS"}`)
	e := p.next(heard)
	want := `"name":"GPFile.Event.saveSuccess","data":{"destination":"DOWNLOADS","msg":"SAVE_SUCCESS","name":"1795000000000_gpwebkit.pdf"},"variants":{"events":"detail"}}`
	if !strings.HasSuffix(show(e.Data), want) {
		t.Errorf("received %s", show(e.Data))
	}
	files := p.sim.Files()
	if len(files) != 1 || files[0].Size != 4 || files[0].URL != "https://kopi.example/r.pdf" || files[0].LaunchID != l {
		t.Fatalf("the device has %s", show(files))
	}
	for _, c := range []struct{ url, folder, message string }{
		{"https://kopi.example/broken", "DOWNLOADS", "status 404"},
		{"https://kopi.example/r.pdf", "PICTURES", "takes only pictures"},
	} {
		p.container(l, "GPFile.save", `{"url":"`+c.url+`","destination":"`+c.folder+`"}`)
		e := p.next(heard)
		if text := show(e.Data); e.Event != bus.JobFailed || !strings.Contains(text, `"name":"GPFile.Event.saveFailed"`) || !strings.Contains(text, `"msg":"SAVE_FAILED"`) || !strings.Contains(text, c.message) {
			t.Errorf("received %s", text)
		}
	}
}

func TestAnalytics_are_in_the_journal(t *testing.T) {
	t.Parallel()
	p, l := phoned(t, miniapp.ContainerV2)
	got := p.container(l, "GPAnalytics.trackEvent", `{"eventName":"order","metaData":{"page_id":"menu"}}`)
	same(t, got, `{"success":true,"callbackId":"`+got["callbackId"].(string)+`","ret":"GP_SUCCESS"}`)
	list, _, _ := p.journal.Since(0, 0)
	found := false
	for _, e := range list {
		found = found || e.Event == "analytics.tracked" && e.Title == "order" && string(e.Detail) == `{"event_name":"order","meta_data":{"page_id":"menu"}}` && e.LaunchID == l
	}
	if !found {
		t.Errorf("the journal lacks the event: %s", show(list))
	}
	got = p.container(l, "GPAnalytics.trackEvent", `{"eventName":"order","metaData":{}}`)
	same(t, got, `{"callbackId":"`+got["callbackId"].(string)+`","errorCode":"GP_PARAM_ERR","errorMessage":"metaData can not be empty","ret":"GP_PARAM_ERR"}`)
}
