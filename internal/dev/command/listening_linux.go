package command

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// listening returns the TCP addresses on which a process group and its descendants listen.
func listening(leader int) (list []netip.AddrPort) {
	sockets := map[string]bool{}
	for _, pid := range relatives(leader) {
		files, _ := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", pid))
		for _, file := range files {
			if link, err := os.Readlink(file); err == nil && strings.HasPrefix(link, "socket:[") {
				sockets[strings.TrimSuffix(strings.TrimPrefix(link, "socket:["), "]")] = true
			}
		}
	}
	for _, table := range []string{"tcp", "tcp6"} {
		data, _ := os.ReadFile(fmt.Sprintf("/proc/%d/net/%s", leader, table))
		list = append(list, listeners(string(data), sockets)...)
	}
	return list
}

// relatives returns the processes of a group, and the descendants that have left it.
func relatives(leader int) (members []int) {
	parents, groups := processes()
	for pid := range parents {
		for at, steps := pid, 0; at > 1 && steps < 100; at, steps = parents[at], steps+1 {
			if at == leader || groups[at] == leader {
				members = append(members, pid)
				break
			}
		}
	}
	return members
}

// processes returns the parent and the group of each process.
func processes() (parents, groups map[int]int) {
	parents, groups = map[int]int{}, map[int]int{}
	entries, _ := os.ReadDir("/proc")
	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if err != nil {
			continue
		}
		data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil {
			continue // it has ended
		}
		// The program's name stands in brackets and may contain spaces; state, parent and group follow it.
		fields := strings.Fields(string(data[strings.LastIndexByte(string(data), ')')+1:]))
		if len(fields) > 2 {
			parents[pid], _ = strconv.Atoi(fields[1])
			groups[pid], _ = strconv.Atoi(fields[2])
		}
	}
	return parents, groups
}

// listeners reads the listening sockets from a table of /proc/net (see proc_pid_net(5)).
func listeners(table string, sockets map[string]bool) (list []netip.AddrPort) {
	const listen = "0A"
	for _, line := range strings.Split(table, "\n") {
		fields := strings.Fields(line)
		if len(fields) < 10 || fields[3] != listen || !sockets[fields[9]] {
			continue
		}
		if address, ok := kernelAddress(fields[1]); ok {
			list = append(list, address)
		}
	}
	return list
}

// kernelAddress reads an address as the kernel prints it: each word of four bytes in the machine's order.
func kernelAddress(text string) (address netip.AddrPort, ok bool) {
	host, port, _ := strings.Cut(text, ":")
	data, err := hex.DecodeString(host)
	number, errPort := strconv.ParseUint(port, 16, 16)
	if err != nil || errPort != nil {
		return address, false
	}
	for i := 0; i+4 <= len(data); i += 4 {
		binary.NativeEndian.PutUint32(data[i:], binary.BigEndian.Uint32(data[i:]))
	}
	ip, ok := netip.AddrFromSlice(data)
	return netip.AddrPortFrom(ip.Unmap(), uint16(number)), ok
}
