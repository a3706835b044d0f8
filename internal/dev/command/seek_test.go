//go:build unix

package command

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/testkit/porttest"
)

// serveAll listens on each address of a list such as "json=127.0.0.1:3000 print page=[::1]:5173". "print" prints
// the addresses that follow it, "page" answers with HTML, "json" with JSON. A "wait=FILE" waits for a file.
func serveAll(list string) {
	print := false
	for _, one := range strings.Fields(list) {
		kind, address, _ := strings.Cut(one, "=")
		switch kind {
		case "print":
			print = true
		case "wait":
			for _, err := os.Stat(address); err != nil; _, err = os.Stat(address) {
				time.Sleep(5 * time.Millisecond)
			}
		default:
			listener, err := net.Listen("tcp", address)
			if err != nil {
				fmt.Println(err)
				os.Exit(3)
			}
			if print {
				_, port, _ := net.SplitHostPort(address)
				fmt.Printf("  Local: http://localhost:\x1b[1m%s\x1b[22m/\n", port)
			}
			go func() { _ = http.Serve(listener, answering(kind)) }()
		}
	}
	select {}
}

func answering(kind string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		switch kind {
		case "page":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = fmt.Fprint(w, "<!doctype html>")
		case "login":
			http.Redirect(w, r, "/login", http.StatusFound)
		default:
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusNotFound)
		}
	}
}

// serving starts the test program as a command that serves a list, and ignores the address that it was given.
func serving(t *testing.T, list, command string, search Search) *running {
	t.Helper()
	env := append(os.Environ(), "DEVCOMMAND_PART=servers", "SERVERS="+list)
	return start(t, Config{Command: fmt.Sprintf(command, os.Args[0]), Env: env, Listens: porttest.Address(t), Search: &search})
}

func (r *running) serves(t *testing.T, want Server) {
	t.Helper()
	r.reaches(t, Running)
	for r.State().Server != want {
		select {
		case <-r.report:
		case <-time.After(patience):
			t.Fatalf("the server is %+v, want %+v", r.State().Server, want)
		}
	}
}

func local(address string) Server {
	_, port, _ := net.SplitHostPort(address)
	return Server{Scheme: "http", Host: "localhost:" + port, Dial: address}
}

func TestCommand_is_found_on_a_port_of_its_own(t *testing.T) {
	for name, command := range map[string]string{
		"the command itself":        "exec %s",
		"a child of a shell":        "%s; true",
		"a process that left":       "setsid %s & wait",
		"a grandchild that is left": "(%s & sleep 300) & wait",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address := porttest.Address(t)
			serving(t, "page="+address, command, Search{}).serves(t, local(address))
		})
	}
}

func TestCommand_on_the_given_address_needs_no_search(t *testing.T) {
	address := porttest.Address(t)
	env := append(os.Environ(), "DEVCOMMAND_PART=servers", "SERVERS=page="+porttest.Address(t)+" json="+address)
	run := start(t, Config{Command: "exec " + os.Args[0], Env: env, Listens: address, Search: &Search{}})
	run.serves(t, Server{Scheme: "http", Host: address, Dial: address})
}

func TestCommand_with_several_ports_is_the_one_with_the_page(t *testing.T) {
	for _, kind := range []string{"page", "login"} {
		api, page := porttest.Address(t), porttest.Address(t)
		later := t.TempDir() + "/later"
		run := serving(t, "json="+api+" wait="+later+" "+kind+"="+page, "exec %s", Search{})
		if kind == "login" { // the API alone is taken first, as nothing better is known
			run.serves(t, local(api))
		}
		if err := os.WriteFile(later, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		run.serves(t, local(page))
	}
}

func TestCommand_is_found_by_the_address_that_it_prints(t *testing.T) {
	// The server is no relative of the command, as in a container.
	address := porttest.Address(t)
	other := exec.Command(os.Args[0])
	other.Env = append(os.Environ(), "DEVCOMMAND_PART=servers", "SERVERS=page="+address)
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = other.Process.Kill(); _ = other.Wait() })
	_, port, _ := net.SplitHostPort(address)
	run := start(t, Config{Command: "echo 'ready on http://localhost:" + port + "/'; sleep 300", Listens: porttest.Address(t), Search: &Search{}})
	run.reaches(t, Running)
	if got := run.State().Server; got.Host != "localhost:"+port {
		t.Errorf("the server is %+v", got)
	}
}

func TestCommand_is_never_found_at_an_address_of_Selasar(t *testing.T) {
	own, page := porttest.Address(t), porttest.Address(t)
	search := Search{Own: func(a netip.AddrPort) bool { return a.String() == own }}
	serving(t, "print page="+own+" json="+page, "exec %s", search).serves(t, local(page))
}

func TestCommand_that_moves_is_found_again(t *testing.T) {
	first, second := porttest.Address(t), porttest.Address(t)
	env := append(os.Environ(), "DEVCOMMAND_PART=servers")
	script := fmt.Sprintf("SERVERS=page=%s %s & echo child $!; echo ready; wait $!; SERVERS=page=%s exec %s", first, os.Args[0], second, os.Args[0])
	run := start(t, Config{Command: script, Env: env, Listens: porttest.Address(t), Search: &Search{}})
	run.serves(t, local(first))
	process, err := os.FindProcess(run.children(t)[0])
	if err != nil || process.Kill() != nil {
		t.Fatal("the first server cannot be ended")
	}
	run.Lost()
	run.serves(t, local(second))
}

func TestListening_reads_every_form_of_address(t *testing.T) {
	var want []string
	for _, address := range []string{"127.0.0.1:0", "[::1]:0", "0.0.0.0:0"} {
		listener, err := net.Listen("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = listener.Close() }()
		_, port, _ := net.SplitHostPort(listener.Addr().String())
		want = append(want, port)
	}
	var got []string
	for _, address := range listening(os.Getpid()) {
		got = append(got, strconv.Itoa(int(address.Port())))
	}
	for _, port := range want {
		if !slices.Contains(got, port) {
			t.Errorf("port %s is not in %q", port, got)
		}
	}
}

func TestLsofAddresses(t *testing.T) {
	got := lsofAddresses("p812\nf23\nn127.0.0.1:5173\nf24\nn*:3000\nf25\nn[::1]:4321\nf26\nnlocalhost\n")
	if text := fmt.Sprint(got); text != "[127.0.0.1:5173 0.0.0.0:3000 [::1]:4321]" {
		t.Error(text)
	}
}

func TestPrintedIn(t *testing.T) {
	for line, want := range map[string]string{
		"  ➜  Local:   \x1b[36mhttp://localhost:\x1b[1m5173\x1b[22m/\x1b[39m": "[{http localhost 5173}]",
		"- Network: http://192.168.1.7:3000":                                  "[]",
		"HTTPS://LOCALHOST:8443/x and http://[::]:80":                         "[{https localhost 8443} {http [::] 80}]",
		"http://127.0.0.1:99999 http://localhost http://0.0.0.0:0":            "[]",
	} {
		if got := fmt.Sprint(printedIn(line)); got != want {
			t.Errorf("%q: %s, want %s", line, got, want)
		}
	}
	var list []printed
	for port := range 100 {
		list = remember(list, fmt.Sprintf("http://localhost:%d", port+1))
	}
	if len(list) != maxPrinted || list[maxPrinted-1].port != 100 {
		t.Errorf("%d addresses", len(list))
	}
}
