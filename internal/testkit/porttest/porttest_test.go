package porttest

import (
	"net"
	"runtime"
	"testing"
)

func TestAddress_refuses_until_somebody_listens(t *testing.T) {
	address := Address(t)
	for range 3 { // and again when nobody does any more
		if conn, err := net.Dial("tcp", address); err == nil {
			t.Errorf("%s answers", conn.RemoteAddr())
		}
		listener, err := net.Listen("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = conn.Close(), listener.Close()
	}
}

func TestAddress_is_not_given_to_another(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("elsewhere it may be")
	}
	mine := map[string]bool{}
	for range 100 {
		mine[Address(t)] = true
	}
	if len(mine) != 100 {
		t.Errorf("%d addresses", len(mine))
	}
	for range 2000 { // some of a hundred that are free would be among them
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		if _ = listener.Close(); mine[listener.Addr().String()] {
			t.Fatalf("%s is another's, too", listener.Addr())
		}
	}
}
