package jsapi_test

import (
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/miniapp"
)

func TestPhoto_is_by_reference(t *testing.T) {
	t.Parallel()
	p, l := phoned(t, miniapp.ContainerV2)
	got := p.container(l, "GPCamera.takePhoto", `{}`)
	id := got["identifier"].(string)
	same(t, got, `{"success":true,"ret":"GP_SUCCESS","callbackId":"`+got["callbackId"].(string)+`","identifier":"`+id+`","url":"/photos/`+id+`","localPath":"/data/user/0/com.gojek.gopay/cache/`+id+`.jpeg"}`)
	if b, err := p.engine.Blobs.Get(t.Context(), l, id); err != nil || b.Type != "image/jpeg" || len(b.Bytes) < 1000 {
		t.Errorf("the blob: %v", err)
	}
	got = p.container(l, "GPCamera.takePhoto", `{"needBase64":true}`)
	if text, _ := got["base64Data"].(string); !strings.HasPrefix(text, "/9j/") {
		t.Errorf("base64Data starts with %.20q", text)
	}
	if entry := string(p.entry(got["callbackId"].(string)).Detail); len(entry) > 2000 {
		t.Errorf("the picture is in the journal: %d bytes", len(entry))
	}
}

func TestPhoto_failures_have_the_forms_of_the_container(t *testing.T) {
	t.Parallel()
	p, l := phoned(t, miniapp.ContainerV2)
	for _, c := range []struct{ device, answer, want string }{
		{`{"os":"android"}`, "cancelled", `{"ret":"HY_FAILED","msg":"the user took no picture"}`},
		{`{"os":"ios"}`, "cancelled", `{"ret":"HY_RET_PHOTO_CANCLE","msg":"the user took no picture"}`},
	} {
		p.device(c.device)
		p.choose(`{"camera":"` + c.answer + `"}`)
		same(t, p.container(l, "GPCamera.takePhoto", `{}`), c.want)
	}
	for answer, code := range map[string]string{"denied": "300", "unavailable": "400"} {
		p.choose(`{"camera":"` + answer + `"}`)
		if got := p.container(l, "GPCamera.takePhoto", `{}`); got["error_code"] != code {
			t.Errorf("%s: %s", answer, show(got))
		}
	}
	got := p.container(l, "GPCamera.takePhoto", `{"mode":"selfie"}`)
	same(t, got, `{"callbackId":"`+got["callbackId"].(string)+`","errorCode":"GP_PARAM_ERR","errorMessage":"mode of GPCamera.takePhoto must be one of camera, photo, both","ret":"GP_PARAM_ERR"}`)
}

func TestPhoto_of_a_host_is_a_picture_of_its_launch(t *testing.T) {
	t.Parallel()
	p, l := phoned(t, miniapp.ContainerV2)
	p.choose(`{"camera":"ask"}`)
	reply, err := p.engine.CallIn(t.Context(), "container", l, "GPCamera.takePhoto", nil)
	must(t, err)
	other := p.launched(p.budi, `{"answer":"allow"}`)
	foreign, err := p.engine.Blobs.Put(t.Context(), other, "image/png", []byte("x"))
	must(t, err)
	paper, err := p.engine.Blobs.Put(t.Context(), l, "application/pdf", []byte("x"))
	must(t, err)
	for name, photo := range map[string]string{"of another launch": foreign.ID, "no picture": paper.ID, "unknown": "none", "absent": ""} {
		if _, err := p.answer(l, reply.Ask.ID, `{"answer":"taken","photo":"`+photo+`"}`); err == nil || !strings.Contains(err.Error(), "answer_invalid") {
			t.Errorf("a photo that is %s: %v", name, err)
		}
	}
	mine, err := p.engine.Blobs.Put(t.Context(), l, "image/png", []byte("x"))
	must(t, err)
	done, err := p.answer(l, reply.Ask.ID, `{"answer":"taken","photo":"`+mine.ID+`"}`)
	must(t, err)
	if got := membersOf(t, done.Result.JSON); got["identifier"] != mine.ID || !strings.HasSuffix(got["localPath"].(string), ".png") {
		t.Errorf("got %s", show(got))
	}
}
