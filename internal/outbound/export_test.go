package outbound

import "net"

// NewResolving returns a client that resolves names with the test's resolver.
func NewResolving(c Config, r *net.Resolver) *Client { return newClient(c, r) }
