//go:build unix

package browser

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// program writes a shell script that stands for a browser.
func program(t *testing.T, script string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "browser")
	if err := os.WriteFile(name, []byte("#!/bin/sh\n"+script), 0o700); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestStart_says_why_a_browser_ended(t *testing.T) {
	folder := t.TempDir()
	for script, want := range map[string]string{
		"exit 1": "ended at its start: it said nothing; set SELASAR_CHROMIUM to another browser",
		"echo one >&2; echo two >&2; echo three >&2; printf 'no sandbox\\n' >&2; exit 1": "ended at its start: two | three | no sandbox; set",
		"sleep 600 & echo gone >&2": "ended at its start: gone; set", // a process that stays behind holds the output
		"echo 'DevTools listening on ws://127.0.0.1:1/x' >&2; exec sleep 600": "connecting to the browser: ",
	} {
		_, err := Start(context.Background(), program(t, script), folder)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", script, err, want)
		}
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("profiles are left: %v %v", left, err)
	}
}

func TestStart_ends_with_its_context(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Start(ctx, program(t, "exec sleep 600"), t.TempDir()); err == nil {
		t.Error("the browser started")
	}
}
