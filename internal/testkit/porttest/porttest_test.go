package porttest

import (
	"net"
	"runtime"
	"testing"
)

func TestAddress_refuses_connections_until_a_server_listens(t *testing.T) {
	address := Address(t)
	for range 3 { // and again after the server has closed
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

func TestAddress_is_not_used_for_other_listeners(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux can reserve a port")
	}
	mine := map[string]bool{}
	for range 100 {
		mine[Address(t)] = true
	}
	if len(mine) != 100 {
		t.Errorf("%d addresses", len(mine))
	}
	for range 2000 { // without reservation, some of the hundred ports would be among these
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		if _ = listener.Close(); mine[listener.Addr().String()] {
			t.Fatalf("another listener got the reserved %s", listener.Addr())
		}
	}
}
