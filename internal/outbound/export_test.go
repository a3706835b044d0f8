package outbound

import "net"

// NewResolving makes a client that looks names up at a server of the test's.
func NewResolving(c Config, r *net.Resolver) *Client { return newClient(c, r) }
