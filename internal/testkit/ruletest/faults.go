package ruletest

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/secret"
)

// OpenAt opens the database at a place, and creates it if necessary; before is called
// before each statement that writes.
type OpenAt func(t testing.TB, place string, key *secret.Key, log *journal.Log, before func(query string)) Database

// A fault is a moment at which a process kills itself, as if the machine had failed.
// This variable passes the fault to the process.
const faultVariable = "SELASAR_TEST_FAULT"

// fault names the action of a child process, and the statement before which it dies.
type fault struct {
	Act       string
	Place     string
	Statement int
	Given     given
}

// given has the ids of the prepared rows that an act needs.
type given struct{ Launch, Code, Request, Ask, Ref, User string }

// Faults kills a process before every statement of an atomic action, and checks the
// result. It runs the calling test again in child processes. place is called for each
// test, for an empty database.
func Faults(t *testing.T, place func(t testing.TB) string, open OpenAt) {
	if text := os.Getenv(faultVariable); text != "" {
		child(t, open, text)
		return
	}
	for _, one := range acts {
		t.Run(one.name, func(t *testing.T) {
			t.Parallel()
			at := place(t)
			for k, finished := 1, false; !finished; k++ {
				finished = one.dieAt(t, open, at, k)
			}
		})
	}
}

// master is the key of parent and children.
var master = secret.New([secret.KeySize]byte{7})

// at opens the world at a place while fn runs.
func at(t *testing.T, name string, open OpenAt, place string, before func(string), fn func(w *world)) {
	t.Helper()
	t.Run(name, func(t *testing.T) {
		fn(newWorldWith(t, master, func(t testing.TB, key *secret.Key, log *journal.Log) Database {
			return open(t, place, key, log, before)
		}))
	})
}

// dieAt prepares an act, lets a child die before its kth statement, and checks the
// result. It reports whether the child finished the act.
func (a act) dieAt(t *testing.T, open OpenAt, place string, k int) (finished bool) {
	f := fault{Act: a.name, Place: place, Statement: k}
	at(t, fmt.Sprintf("before statement %d", k), open, place, nil, func(w *world) { f.Given = a.prepare(w, k) })
	if t.Failed() {
		return true
	}
	finished = f.run(t)
	at(t, fmt.Sprintf("after statement %d", k), open, place, nil, func(w *world) {
		if done := a.whole(w, f.Given); finished && !done {
			t.Error("it was acknowledged, yet nothing of it is there")
		}
		a.again(w, f.Given)
	})
	if finished {
		t.Logf("killed before each of %d statements", k-1)
	}
	if finished && k <= 4 { // begin, two changes, commit
		t.Error("the child was never killed within")
	}
	return finished || t.Failed()
}

// finishedWord is the output of a child that was not killed.
const finishedWord = "the act is done"

func (f fault) run(t *testing.T) (finished bool) {
	t.Helper()
	text, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	name, _, _ := strings.Cut(t.Name(), "/")
	cmd := exec.Command(os.Args[0], "-test.run=^"+name+"$", "-test.v")
	cmd.Env = append(os.Environ(), faultVariable+"="+string(text))
	out, err := cmd.CombinedOutput()
	if err == nil || cmd.ProcessState.ExitCode() != -1 {
		t.Fatalf("the child was not killed: %v\n%s", err, out)
	}
	return strings.Contains(string(out), finishedWord)
}

// child runs one act and dies before one of its statements. If the act has fewer
// statements, it dies after the act, without closing anything.
func child(t *testing.T, open OpenAt, text string) {
	var f fault
	if err := json.Unmarshal([]byte(text), &f); err != nil {
		t.Fatal(err)
	}
	acting, count := false, 0
	before := func(string) {
		if !acting {
			return
		}
		if count++; count == f.Statement {
			die()
		}
	}
	at(t, "child "+strconv.Itoa(f.Statement), open, f.Place, before, func(w *world) {
		for _, one := range acts {
			if one.name == f.Act {
				acting = true
				w.Must(one.do(w, f.Given))
				acting = false
				fmt.Println(finishedWord)
				die()
			}
		}
	})
}

func die() {
	process, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = process.Kill()
	}
	if err != nil {
		panic(err)
	}
	select {} // until the signal arrives
}
