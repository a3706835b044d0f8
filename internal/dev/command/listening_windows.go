package command

import "net/netip"

// listening returns nothing on this system: only the addresses that the command prints are known.
func listening(int) []netip.AddrPort { return nil }
