package hostname

import "testing"

func TestOf_returns_the_name_without_port_and_brackets(t *testing.T) {
	for host, want := range map[string]string{
		"localhost": "localhost", "LOCALHOST.:7300": "localhost", "[::1]:80": "::1", "[::1]": "::1", "10.0.0.1:1": "10.0.0.1", "a.example": "a.example",
	} {
		if got, ok := Of(host); got != want || !ok {
			t.Errorf("%s: %q %t, want %q", host, got, ok, want)
		}
	}
	for _, host := range []string{"localhost:123456", "localhost:x", "localhost:80/@b"} {
		if name, ok := Of(host); ok {
			t.Errorf("%s has the name %q", host, name)
		}
	}
}

func TestNames_are_of_this_machine_or_its_network(t *testing.T) {
	for name, want := range map[string]struct{ localhost, loopback, near bool }{
		"localhost": {true, true, true}, "Shop.LocalHost.": {true, true, true}, "my_shop.localhost": {true, true, true},
		"127.0.0.9": {false, true, true}, "::1": {false, true, true}, "::ffff:127.0.0.1": {false, true, true},
		"10.1.2.3": {false, false, true}, "192.168.1.2": {false, false, true}, "fe80::1": {false, false, true}, "fd00::1": {false, false, true}, "0.0.0.0": {false, false, true},
		"8.8.8.8": {}, "notlocalhost": {}, "a/b.localhost": {}, "localhost.example": {}, "": {}, "0x7f.1": {},
	} {
		if Localhost(name) != want.localhost || Loopback(name) != want.loopback || Near(name) != want.near {
			t.Errorf("%q: localhost %t, loopback %t, near %t; want %+v", name, Localhost(name), Loopback(name), Near(name), want)
		}
	}
}
