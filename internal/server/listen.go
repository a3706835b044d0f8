package server

import (
	"fmt"
	"net"
	"strings"
)

// Listen listens on a TCP address. Its error is one line with the remedy, and names the
// flag of the address.
func Listen(address, flag string) (net.Listener, error) {
	l, err := net.Listen("tcp", address)
	if err == nil {
		return l, nil
	}
	if strings.Contains(err.Error(), "address already in use") {
		return nil, fmt.Errorf("%s is in use, perhaps by another selasar; stop that, or choose another with %s", address, flag)
	}
	return nil, fmt.Errorf("cannot listen on %s: %v; choose another address with %s", address, err, flag)
}

// Reachable returns the address of a listener for this machine: loopback, if it listens on
// every address.
func Reachable(l net.Listener) string {
	host, port, err := net.SplitHostPort(l.Addr().String())
	if ip := net.ParseIP(host); err == nil && ip != nil && ip.IsUnspecified() {
		return net.JoinHostPort("127.0.0.1", port)
	}
	return l.Addr().String()
}
