//go:build unix && !linux

package command

import (
	"net/netip"
	"os/exec"
	"strconv"
)

// listening returns the TCP addresses on which a process group listens, if lsof is installed.
func listening(leader int) []netip.AddrPort {
	output, err := exec.Command("lsof", "-nP", "-a", "-g"+strconv.Itoa(leader), "-iTCP", "-sTCP:LISTEN", "-Fn").Output()
	if err != nil {
		return nil // lsof also fails when nothing listens
	}
	return lsofAddresses(string(output))
}
