//go:build !linux

package porttest

import "net"

// Reserve returns an address that is free now, without reserving it. Only on Linux can another process listen on a bound
// port.
func Reserve() (address string, release func(), err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	return listener.Addr().String(), func() {}, listener.Close()
}
