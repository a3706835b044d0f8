package hostapi_test

import (
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/testkit/apitest"
)

func TestBlob_is_kept_and_read_with_the_token_of_its_launch(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	l, other := d.Open(apitest.AllowAll), d.Open(apitest.AllowAll)
	picture := strings.Repeat("\x00\xff\x89PNG", 400_000) // 2 MB, more than other bodies may have
	made := d.Post(l.Path("/blobs"), picture, apitest.Bearer(l.Token), apitest.With("Content-Type", "image/png")).OK(201).Has("", "expires_at id size type")
	path := "/blobs/" + made.Text("id")
	got := d.Get(l.Path(path), apitest.Bearer(l.Token))
	if string(got.Body) != picture || got.Header.Get("Content-Type") != "image/png" || got.Header.Get("Content-Security-Policy") != "sandbox" {
		t.Errorf("read %d bytes, %v", len(got.Body), got.Header)
	}
	d.Send("GET", l.Path(path), "", apitest.Bearer(other.Token)).Refused(401, "unauthorized")
	d.Send("GET", other.Path(path), "", apitest.Bearer(other.Token)).Refused(404, "not_found")
	d.Post(l.Path("/blobs"), "<script>", apitest.Bearer(l.Token), apitest.With("Content-Type", "text/html")).Refused(400, "bad_request")
	d.Post(l.Path("/blobs"), picture, apitest.Bearer(other.Token), apitest.With("Content-Type", "image/png")).Refused(401, "unauthorized")
	if journal := string(d.Get("/control/v1/journal").Body); strings.Contains(journal, "PNG") {
		t.Error("the journal holds bytes of the blob")
	}
	d.Send("DELETE", l.Path(""), "", apitest.Bearer(l.Token)).OK(204)
	d.Send("GET", l.Path(path), "", apitest.Bearer(l.Token)).Refused(410, "launch_ended")
}
