package command

import (
	"context"
	"net"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// printed is an address of this machine that the command printed.
type printed struct {
	scheme, host string
	port         uint16
}

var (
	escapes   = regexp.MustCompile(`\x1b\[[0-9;?]*[A-Za-z]`) // colours
	addresses = regexp.MustCompile(`(?i)\b(https?)://(localhost|127(?:\.[0-9]+){3}|0\.0\.0\.0|\[::1?\]):([0-9]{1,5})\b`)
)

// plain returns a line without colours.
func plain(line string) string { return escapes.ReplaceAllString(line, "") }

// printedIn returns the addresses in a line.
func printedIn(line string) (list []printed) {
	for _, found := range addresses.FindAllStringSubmatch(plain(line), -1) {
		if port, err := strconv.ParseUint(found[3], 10, 16); err == nil && port > 0 {
			list = append(list, printed{scheme: strings.ToLower(found[1]), host: strings.ToLower(found[2]), port: uint16(port)})
		}
	}
	return list
}

// maxPrinted limits the addresses that are kept, because a command may print without end.
const maxPrinted = 16

// remember keeps an address of the command's output once, the newest ones.
func remember(list []printed, line string) []printed {
	for _, one := range printedIn(line) {
		if !slices.Contains(list, one) {
			list = append(list, one)
		}
	}
	return list[max(0, len(list)-maxPrinted):]
}

// reached connects to a printed address, and returns the address that answered.
func (p printed) reached(ctx context.Context) (address netip.AddrPort, ok bool) {
	host := p.host
	switch host {
	case "0.0.0.0":
		host = "127.0.0.1"
	case "[::]", "[::1]":
		host = "::1"
	}
	dialer := net.Dialer{Timeout: time.Second}
	conn, err := dialer.DialContext(ctx, "tcp", net.JoinHostPort(host, strconv.Itoa(int(p.port))))
	if err != nil {
		return address, false
	}
	defer func() { _ = conn.Close() }()
	address, err = netip.ParseAddrPort(conn.RemoteAddr().String())
	return address, err == nil
}
