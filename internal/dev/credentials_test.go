//go:build unix

package dev

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/credential"
)

// startKopi starts a platform on a folder with a mini app. more has further members
// of its manifest.
func startKopi(t *testing.T, dir, more string) *Platform {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, "miniapp.json"), []byte(`{"id":"kopi"`+more+`}`), 0o600); err != nil {
		t.Fatal(err)
	}
	d, err := Start(t.Context(), Config{Target: dir, Listen: "127.0.0.1:0", AppListen: "127.0.0.1:0", Output: io.Discard})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// startCommand starts a platform on a mini app with a command.
func startCommand(t *testing.T, dir, command string) *Platform {
	t.Helper()
	return startKopi(t, dir, fmt.Sprintf(`,"generation":"webview","dev":{"command":%q}`, command))
}

func (d *Platform) set(t *testing.T) credential.Set {
	t.Helper()
	set, err := d.platform.Credentials.Of(t.Context(), d.app.ID)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// told runs a command that writes its environment to a file and exits, which is a
// failure of the platform. It returns that environment.
func told(t *testing.T, d *Platform, dir string) string {
	t.Helper()
	if err := <-d.Failed(); !strings.Contains(err.Error(), "before it listened") {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "told"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestCommand_receives_valid_credentials(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	const command = "env -0 > told"
	check := func(d *Platform) {
		t.Helper()
		env := told(t, d, dir)
		for _, one := range append(d.set(t).Environment(), "SELASAR_API_URL="+d.URLs.API) {
			if !strings.Contains(env, one+"\x00") {
				t.Errorf("its environment lacks %.60q", one)
			}
		}
	}
	d := startCommand(t, dir, command)
	check(d)
	before := d.set(t)
	if err := d.reset(t.Context()); err != nil || d.set(t) != before {
		t.Errorf("a reset changed the credentials (%v)", err)
	}
	if _, err := d.platform.Credentials.Rotate(t.Context(), "kopi", false); err != nil {
		t.Error(err)
	}
	if err := d.Close(); err != nil {
		t.Error(err)
	}
	d = startCommand(t, dir, command)
	check(d)
	if set := d.set(t); set.Generation != 2 || set.ClientSecret == before.ClientSecret || set.PreviousUntil == 0 {
		t.Errorf("after a restart: generation %d, the previous one until %d", set.Generation, set.PreviousUntil)
	}
	if err := d.Close(); err != nil {
		t.Error(err)
	}
}

// ends closes a platform, and checks that it did not fail.
func ends(t *testing.T, d *Platform) {
	t.Helper()
	if err := d.Close(); err != nil {
		t.Errorf("closing: %v", err)
	}
	select {
	case err := <-d.Failed():
		t.Errorf("it failed: %v", err)
	default:
	}
}

// The command waits for the keys; closing the platform does not.
func TestClose_while_the_keys_are_generated(t *testing.T) {
	t.Parallel()
	for range 5 {
		d := startCommand(t, t.TempDir(), "sleep 60")
		if state := d.targetNow().State; state != "starting" {
			t.Errorf("the command is %s", state)
		}
		ends(t, d)
	}
}

// Close before the command listens is not a failure of the command.
func TestClose_before_the_command_listens(t *testing.T) {
	t.Parallel()
	d := startCommand(t, t.TempDir(), "sleep 60")
	d.equipping.Wait() // the keys exist, and the command runs
	ends(t, d)
}

// A platform that was closed before it had keys generates them at its next start.
func TestKeys_are_generated_after_a_start_that_was_too_short(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := startCommand(t, dir, "sleep 60").Close(); err != nil {
		t.Fatal(err)
	}
	d := startCommand(t, dir, "sleep 60")
	defer func() { _ = d.Close() }()
	set := d.set(t)
	if signer, err := d.platform.Credentials.Signer(context.Background(), "kopi"); err != nil || signer == nil || set.Generation != 1 {
		t.Errorf("generation %d, %v", set.Generation, err)
	}
}
