package dev

import (
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLeadsHere_knows_every_form_of_an_address(t *testing.T) {
	loopback, everywhere := &own{}, &own{}
	for o, address := range map[*own]string{loopback: "127.0.0.1:0", everywhere: "0.0.0.0:0"} {
		listener, err := net.Listen("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = listener.Close() }()
		o.add(listener)
	}
	for _, o := range []*own{loopback, everywhere} {
		port := o.listeners[0].Port()
		for _, host := range []string{
			"127.0.0.1", "localhost", "LOCALHOST", "localhost.", "a.b.localhost", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
			"127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001", "0.0.0.0", "0", "[::]", "127.0.0.1.",
		} {
			u, err := url.Parse(fmt.Sprintf("http://%s:%d/control/v1/reset", host, port))
			if err != nil {
				t.Fatal(err)
			}
			if !o.leadsHere(u) {
				t.Errorf("%s is not seen as %v", u.Host, o.listeners)
			}
			u.Host = fmt.Sprintf("%s:%d", host, port+1)
			if o.leadsHere(u) {
				t.Errorf("%s is seen as %v", u.Host, o.listeners)
			}
		}
		for _, host := range []string{"203.0.113.9", "[2001:db8::1]", "1.2.3.4.5"} {
			if u := (&url.URL{Scheme: "http", Host: fmt.Sprintf("%s:%d", host, port)}); o.leadsHere(u) {
				t.Errorf("%s is seen as %v", u.Host, o.listeners)
			}
		}
	}
	addresses, _ := net.InterfaceAddrs()
	for _, a := range addresses {
		if n, ok := a.(*net.IPNet); ok && n.IP.To4() != nil {
			u := &url.URL{Scheme: "http", Host: net.JoinHostPort(n.IP.String(), fmt.Sprint(everywhere.listeners[0].Port()))}
			if !everywhere.leadsHere(u) {
				t.Errorf("%s is not seen as %v", u.Host, everywhere.listeners)
			}
		}
	}
	if (&own{}).leadsHere(&url.URL{Scheme: "http", Host: "127.0.0.1"}) {
		t.Error("port 80 is seen although nothing listens there")
	}
}

// Every URL of the manifest at which Selasar itself would send or forward requests.
func TestStart_refuses_a_manifest_that_leads_back_to_Selasar(t *testing.T) {
	api, app := freeAddress(t), freeAddress(t)
	for _, manifest := range []string{
		`{"id":"kopi","notification_url":"http://` + api + `/control/v1/reset"}`,
		`{"id":"kopi","notification_url":"http://` + app + `/v1.0/debit/notify"}`,
		`{"id":"kopi","dev":{"url":"http://` + app + `"}}`,
		`{"id":"kopi","dev":{"command":"true","url":"http://` + api + `"}}`,
		`{"id":"kopi","entry":"http://` + api + `/"}`,
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "miniapp.json"), []byte(manifest), 0o600); err != nil {
			t.Fatal(err)
		}
		refused(t, Config{Target: dir, Listen: api, AppListen: app}, "Selasar's own address")
	}
	refused(t, Config{Target: "http://" + app, Listen: api, AppListen: app}, "Selasar's own address")
}

func refused(t *testing.T, c Config, want string) {
	t.Helper()
	c.Ephemeral, c.Output = true, io.Discard
	d, err := Start(t.Context(), c)
	if err == nil {
		_ = d.Close()
		t.Errorf("%s starts", c.Target)
	} else if !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
		t.Errorf("%s: %v", c.Target, err)
	}
}

func freeAddress(t *testing.T) string {
	t.Helper()
	port, err := freePort()
	if err != nil {
		t.Fatal(err)
	}
	return "127.0.0.1:" + port
}
