package command

import (
	"net/netip"
	"strings"
)

// lsofAddresses reads the names that lsof prints with -Fn for listening sockets: n127.0.0.1:3000, n*:3000, n[::1]:3000.
func lsofAddresses(output string) (list []netip.AddrPort) {
	for _, line := range strings.Split(output, "\n") {
		name, ok := strings.CutPrefix(line, "n")
		if !ok {
			continue
		}
		if rest, every := strings.CutPrefix(name, "*:"); every {
			name = "0.0.0.0:" + rest
		}
		if address, err := netip.ParseAddrPort(name); err == nil {
			list = append(list, address)
		}
	}
	return list
}
