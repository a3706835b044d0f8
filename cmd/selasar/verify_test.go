//go:build unix

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// installed puts the test program, which is selasar under that name, into a folder with a package.json.
func installed(t *testing.T, manifest string) (program, sum string) {
	t.Helper()
	own, err := os.Executable()
	if err == nil {
		sum, err = sha256Of(own)
	}
	program = filepath.Join(t.TempDir(), "selasar")
	if err == nil {
		err = os.Link(own, program)
	}
	if err == nil && manifest != "" {
		err = os.WriteFile(filepath.Join(filepath.Dir(program), "package.json"), []byte(strings.ReplaceAll(manifest, "SUM", sum)), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return program, sum
}

func TestVersion_verify(t *testing.T) {
	const good = `{"name":"@selasar/cli-linux-x64","version":"0.1.0","selasar":{"sha256":"SUM"}}`
	for name, tc := range map[string]struct {
		manifest, want string
		code           int
	}{
		"in its package":        {good, "PROGRAM is the program of the npm package @selasar/cli-linux-x64 0.1.0: both have the SHA-256 SUM\n", 0},
		"changed since":         {strings.ReplaceAll(good, "SUM", strings.Repeat("0", 64)), "selasar: PROGRAM has the SHA-256 SUM, but its package @selasar/cli-linux-x64 0.1.0 records 0000", 1},
		"outside of a package":  {"", "selasar: PROGRAM has the SHA-256 SUM, which could not be compared: the program is not in an npm package", 1},
		"beside somebody's":     {`{"name":"shop","selasar":{"sha256":"SUM"}}`, `could not be compared: FOLDER/package.json is not the one of a package of Selasar: it belongs to the package "shop"`, 1},
		"beside one without it": {`{"name":"shop"}`, "is not the one of a package of Selasar: it records no SHA-256", 1},
		"beside broken JSON":    {`{`, "is not the one of a package of Selasar: it is not valid JSON", 1},
	} {
		t.Run(name, func(t *testing.T) {
			program, sum := installed(t, tc.manifest)
			cmd := exec.Command(program, "version", "--verify")
			text, err := cmd.CombinedOutput()
			if code := cmd.ProcessState.ExitCode(); code != tc.code {
				t.Errorf("the exit code is %d, not %d: %v", code, tc.code, err)
			}
			real, _ := filepath.EvalSymlinks(program)
			want := strings.NewReplacer("PROGRAM", real, "FOLDER", filepath.Dir(real), "SUM", sum).Replace(tc.want)
			if !strings.Contains(string(text), want) || strings.Count(string(text), "\n") != 1 {
				t.Errorf("it says %s, not %s", text, want)
			}
		})
	}
}

func TestVersion_is_the_one_of_the_release(t *testing.T) {
	release = "1.2.3"
	defer func() { release = "" }()
	var out strings.Builder
	if err := (versionCommand{}).Run(streams{out: &out}); err != nil || !strings.HasPrefix(out.String(), "selasar 1.2.3 ") {
		t.Errorf("it prints %s: %v", fmt.Sprintf("%q", out.String()), err)
	}
}
