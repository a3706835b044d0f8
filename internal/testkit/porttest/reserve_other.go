//go:build !linux

package porttest

import "net"

// Reserve finds an address that is free now. Elsewhere than on Linux a port that is bound cannot be listened on by another.
func Reserve() (address string, release func(), err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	return listener.Addr().String(), func() {}, listener.Close()
}
