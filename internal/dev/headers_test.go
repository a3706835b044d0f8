package dev_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/selasar/selasar/internal/testkit/apitest"
)

func TestCookies_of_many_projects_are_served(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	cookies := strings.Repeat("c="+strings.Repeat("x", 3800)+"; ", 185) // 700 KiB
	var all sync.WaitGroup
	for range 40 { // more than may be read at once
		all.Go(func() {
			for _, url := range []string{d.URLs.Simulator, d.URLs.App + "none"} {
				r, err := http.NewRequestWithContext(t.Context(), "GET", url, nil)
				apitest.Must(t, err)
				r.Header.Set("Cookie", cookies)
				got, err := http.DefaultClient.Do(r)
				if err != nil {
					t.Error(err)
					return
				}
				_ = got.Body.Close()
				if got.StatusCode == 431 {
					t.Errorf("%s answers %s", url, got.Status)
				}
			}
		})
	}
	all.Wait()
}

func TestHeaders_past_the_limit_say_what_to_delete(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	got := d.Send("GET", "/", "", apitest.With("Cookie", strings.Repeat("x", 1200<<10)))
	if got.Status != 431 || !strings.Contains(string(got.Body), "Delete the cookies of this host") {
		t.Errorf("got %d %.200s", got.Status, got.Body)
	}
}
