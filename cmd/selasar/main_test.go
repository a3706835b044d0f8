//go:build unix

package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	_ "modernc.org/sqlite"

	"github.com/selasar/selasar/internal/interrupt"
	"github.com/selasar/selasar/internal/testkit/porttest"
)

// The scripts in testdata/script run the real program on real ports and files. They can also run miniserver, the server
// of a mini app, and holdlock, which locks a database.
func TestMain(m *testing.M) {
	testscript.Main(withPostgres{m}, map[string]func(){"selasar": main, "miniserver": miniserver, "holdlock": holdlock})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			return reserve(env, "LISTEN", "APP")
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"await": await, "awaitfile": awaitFile, "fetch": fetch, "gone": gone, "term": term, "sql": execSQL, "oneline": oneLine, "jsonkeys": jsonKeys,
		},
	})
}

// reserve sets variables to addresses that no other process gets.
func reserve(env *testscript.Env, names ...string) error {
	for _, name := range names {
		address, release, err := porttest.Reserve()
		if err != nil {
			return err
		}
		env.Defer(release)
		env.Setenv(name, address)
	}
	return nil
}

// longest is how long a script waits for a condition. A loaded machine may need half a minute where an idle one needs 0.1 s.
const longest = 3 * time.Minute

// until polls done until it returns true, and fails the script after longest.
func until(ts *testscript.TestScript, what string, done func() bool) {
	for deadline := time.Now().Add(longest); !done(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			ts.Fatalf("timed out waiting for %s", what)
		}
	}
}

// await URL [TEXT] waits until a URL answers with a text.
func await(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: await URL [TEXT]")
	}
	want := strings.Join(args[1:], " ")
	until(ts, args[0]+" "+want, func() bool {
		_, body, err := get(args[0])
		return err == nil && strings.Contains(body, want)
	})
}

// awaitfile FILE [TEXT] waits until a file exists, and has a text.
func awaitFile(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: awaitfile FILE [TEXT]")
	}
	want := strings.Join(args[1:], " ")
	until(ts, args[0]+" "+want, func() bool {
		data, err := os.ReadFile(ts.MkAbs(args[0]))
		return err == nil && strings.Contains(string(data), want)
	})
}

// fetch STATUS URL TEXT checks an answer.
func fetch(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: fetch STATUS URL TEXT")
	}
	status, body, err := get(args[1])
	ts.Check(err)
	if strconv.Itoa(status) != args[0] || !strings.Contains(body, args[2]) {
		ts.Fatalf("%s answers %d %s", args[1], status, body)
	}
}

func get(url string) (int, string, error) {
	request, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return 0, "", err
	}
	request.Header.Set("Accept", "text/html,application/json")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, "", err
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	return answer.StatusCode, string(body), err
}

// gone FILE waits until the process whose id is in a file has ended.
func gone(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: gone FILE")
	}
	pid := pidIn(ts, args[0])
	until(ts, "the end of process "+strconv.Itoa(pid), func() bool { return syscall.Kill(pid, 0) != nil })
}

// term FILE sends SIGTERM to the process whose id is in a file.
func term(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: term FILE")
	}
	ts.Check(syscall.Kill(pidIn(ts, args[0]), syscall.SIGTERM))
}

func pidIn(ts *testscript.TestScript, file string) int {
	pid, err := strconv.Atoi(strings.TrimSpace(ts.ReadFile(file)))
	ts.Check(err)
	return pid
}

// sql FILE STATEMENT changes a database directly.
func execSQL(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: sql FILE STATEMENT")
	}
	db, err := sql.Open("sqlite", ts.MkAbs(args[0]))
	ts.Check(err)
	defer func() { _ = db.Close() }()
	_, err = db.Exec(args[1])
	ts.Check(err)
}

// oneline checks that the last command printed one line on stderr.
func oneLine(ts *testscript.TestScript, neg bool, args []string) {
	text := ts.ReadFile("stderr")
	if neg || len(args) != 0 || strings.Count(text, "\n") != 1 || !strings.HasPrefix(text, "selasar: ") {
		ts.Fatalf("stderr is not one line of selasar: %q", text)
	}
}

// jsonkeys KEY... checks that stdout is one line of JSON with exactly these keys, each a URL.
func jsonKeys(ts *testscript.TestScript, neg bool, args []string) {
	line := ts.ReadFile("stdout")
	var got map[string]string
	if err := json.Unmarshal([]byte(line), &got); neg || err != nil || strings.Count(line, "\n") != 1 || len(got) != len(args) {
		ts.Fatalf("stdout is %q: %v", line, err)
	}
	for _, key := range args {
		if !strings.HasPrefix(got[key], "http://127.0.0.1:") {
			ts.Fatalf("%s is %q in %s", key, got[key], line)
		}
	}
}

// miniserver serves on PORT, writes its process id to a file, and prints its environment.
func miniserver() {
	if err := os.WriteFile("miniserver.pid", []byte(strconv.Itoa(os.Getpid())), 0o600); err != nil {
		os.Exit(1)
	}
	fmt.Println("miniserver is up")
	listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", os.Getenv("PORT")))
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	go func() {
		<-interrupt.Context().Done() // main hears the signal, also in this program
		os.Exit(1)
	}()
	_ = http.Serve(listener, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for _, name := range []string{"SELASAR_API_URL", "SELASAR_CLIENT_ID", "SELASAR_CLIENT_SECRET", "SELASAR_POP_ID", "SELASAR_SNAP_PRIVATE_KEY"} {
			_, _ = fmt.Fprintf(w, "%s=%t\n", name, os.Getenv(name) != "")
		}
	}))
}

// holdlock FILE locks a database until it receives a signal.
func holdlock() {
	db, err := sql.Open("sqlite", os.Args[1])
	if err == nil {
		db.SetMaxOpenConns(1)
		_, err = db.Exec("PRAGMA journal_mode=DELETE; BEGIN EXCLUSIVE")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	_ = os.WriteFile("holding", nil, 0o600)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	<-ctx.Done()
}
