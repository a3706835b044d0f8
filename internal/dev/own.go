package dev

import (
	"context"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/selasar/selasar/internal/hostname"
)

// own are the addresses on which a platform listens: those of the simulator, then those of the mini app.
type own struct{ listeners []netip.AddrPort }

func (o *own) add(l net.Listener) {
	if address, err := netip.ParseAddrPort(l.Addr().String()); err == nil {
		o.listeners = append(o.listeners, netip.AddrPortFrom(address.Addr().Unmap().WithZone(""), address.Port()))
	}
}

// isOwn reports whether a connection to an address of this machine would reach the platform itself.
func (o *own) isOwn(address netip.AddrPort) bool {
	ip := address.Addr().Unmap().WithZone("")
	return slices.ContainsFunc(o.listeners, func(l netip.AddrPort) bool {
		if l.Port() != address.Port() {
			return false
		}
		return l.Addr() == ip || ip.IsUnspecified() || (l.Addr().IsUnspecified() && (ip.IsLoopback() || ofThisMachine(ip)))
	})
}

// isApp reports whether a connection to an address of this machine would reach the mini app's origin.
func (o *own) isApp(address netip.AddrPort) bool {
	return len(o.listeners) > 1 && o.listeners[1].Port() == address.Port() && o.isOwn(address)
}

func ofThisMachine(ip netip.Addr) bool {
	addresses, _ := net.InterfaceAddrs()
	return slices.ContainsFunc(addresses, func(a net.Addr) bool {
		prefix, err := netip.ParsePrefix(a.String())
		return err == nil && prefix.Addr().Unmap() == ip
	})
}

// leadsHere reports whether a URL leads to the platform itself, by any name or form of its addresses.
func (o *own) leadsHere(u *url.URL) bool {
	port, err := strconv.ParseUint(u.Port(), 10, 16)
	if u.Port() == "" {
		port, err = map[string]uint64{"http": 80, "https": 443}[u.Scheme], nil
	}
	if err != nil || !slices.ContainsFunc(o.listeners, func(l netip.AddrPort) bool { return l.Port() == uint16(port) }) {
		return false
	}
	return slices.ContainsFunc(addressesOf(u.Hostname()), func(ip netip.Addr) bool {
		// A loopback name may stand for each loopback address of this machine.
		return o.isOwn(netip.AddrPortFrom(ip, uint16(port))) || ip.IsLoopback()
	})
}

// addressesOf returns the addresses of a host: an IP address in one of the forms that browsers and C libraries read, a
// name below localhost, or what the machine's resolver knows.
func addressesOf(host string) []netip.Addr {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	if hostname.Localhost(host) {
		return []netip.Addr{netip.AddrFrom4([4]byte{127, 0, 0, 1}), netip.IPv6Loopback()}
	}
	if ip, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{ip.Unmap().WithZone("")}
	}
	if ip, ok := shortAddress(host); ok {
		return []netip.Addr{ip}
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	found, _ := net.DefaultResolver.LookupNetIP(ctx, "ip", host)
	for i := range found {
		found[i] = found[i].Unmap()
	}
	return found
}

// shortAddress reads an IPv4 address of one to four numbers, each decimal, octal or hexadecimal, as inet_aton(3) does:
// 127.1, 2130706433 and 0x7f.0.0.1 are 127.0.0.1.
func shortAddress(host string) (ip netip.Addr, ok bool) {
	parts := strings.Split(host, ".")
	if len(parts) > 4 {
		return ip, false
	}
	var value uint64
	for i, part := range parts {
		bits := 8
		if i == len(parts)-1 {
			bits = 8 * (5 - len(parts))
		}
		number, err := strconv.ParseUint(part, 0, bits)
		if err != nil || strings.ContainsAny(part, "_bo") {
			return ip, false
		}
		value = value<<bits | number
	}
	return netip.AddrFrom4([4]byte{byte(value >> 24), byte(value >> 16), byte(value >> 8), byte(value)}), true
}
