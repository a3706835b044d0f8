package dev_test

import (
	"io"
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
	r, err := http.NewRequestWithContext(t.Context(), "GET", d.URLs.Simulator, nil)
	apitest.Must(t, err)
	r.Header.Set("Cookie", strings.Repeat("x", 1200<<10))
	got, err := http.DefaultClient.Do(r)
	apitest.Must(t, err)
	defer got.Body.Close()
	body, err := io.ReadAll(got.Body)
	if err != nil || got.StatusCode != 431 || !strings.Contains(string(body), "Delete the cookies of this host") {
		t.Errorf("got %d %.200s, %v", got.StatusCode, body, err)
	}
}

func TestOrigins_have_their_own_agent_clusters(t *testing.T) {
	t.Parallel()
	d := apitest.Start(t)
	for _, url := range []string{d.URLs.Simulator, d.URLs.App, d.URLs.API + "/app/merchanttransfer?tref=x", d.URLs.App + "none"} {
		got, err := http.Get(url)
		apitest.Must(t, err)
		_ = got.Body.Close()
		if all := got.Header.Values("Origin-Agent-Cluster"); len(all) != 1 || all[0] != "?1" {
			t.Errorf("%s answers Origin-Agent-Cluster %q", url, all)
		}
	}
}
