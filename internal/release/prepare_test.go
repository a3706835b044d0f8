package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// repository makes a repository with one commit, and works in it.
func repository(t *testing.T) {
	t.Helper()
	t.Chdir(t.TempDir())
	check(t, os.WriteFile("package.json", []byte(`{"version":"1.2.3"}`), 0o600))
	for _, args := range [][]string{
		{"init", "-q"}, {"add", "."}, {"-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "-m", "one"},
	} {
		_, err := git(args...)
		check(t, err)
	}
}

func TestPrepare_takes_the_version_of_package_json(t *testing.T) {
	repository(t)
	r, err := prepare(options{only: "linux-x64"})
	check(t, err)
	if r.version != "1.2.3" || len(r.commit) != 40 || len(r.platforms) != 1 || r.time.IsZero() {
		t.Errorf("prepare = %+v", r)
	}
}

func TestPrepare_refuses_changes_that_are_not_committed(t *testing.T) {
	repository(t)
	check(t, os.WriteFile("new", nil, 0o600))
	if _, err := prepare(options{}); err == nil || !strings.Contains(err.Error(), `not committed, such as "?? new"`) {
		t.Errorf("prepare = %v", err)
	}
	if r, err := prepare(options{dirty: true}); err != nil || r.version != "1.2.3-dirty" {
		t.Errorf("prepare = %s, %v", r.version, err)
	}
}

func TestPrepare_refuses_wrong_flags_and_folders(t *testing.T) {
	repository(t)
	for want, o := range map[string]options{
		`no platform "plan9-x64"; the platforms are linux-x64, linux-arm64`: {only: "plan9-x64"},
		"-binary needs -only": {binary: "x"},
	} {
		if _, err := prepare(o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("prepare(%+v) = %v", o, err)
		}
	}
	check(t, os.Remove("package.json"))
	if _, err := prepare(options{dirty: true}); err == nil || !strings.Contains(err.Error(), "run this in the repository's root") {
		t.Errorf("prepare = %v", err)
	}
}

func TestClear_deletes_a_release_and_nothing_else(t *testing.T) {
	folder := t.TempDir()
	check(t, os.WriteFile(filepath.Join(folder, "thesis.txt"), nil, 0o600))
	if err := clear(folder); err == nil || !strings.Contains(err.Error(), "no release") {
		t.Errorf("clear = %v", err)
	}
	check(t, os.Mkdir(filepath.Join(folder, "bin"), 0o755))
	check(t, clear(folder))
	if entries, err := os.ReadDir(folder); err != nil || len(entries) > 0 {
		t.Errorf("the folder has %v, %v", entries, err)
	}
}

func TestBill_names_the_modules_and_the_libraries_of_the_page(t *testing.T) {
	t.Chdir("../..")
	p := platform{name: "linux-x64", goos: "linux", goarch: "amd64"}
	r := release{version: "0.1.0", commit: "c0ffee", time: at, out: t.TempDir(), platforms: []platform{p}}
	check(t, os.MkdirAll(filepath.Dir(r.built(p)), 0o755))
	own, err := os.Executable() // a program with modules
	check(t, err)
	check(t, copyFile(own, r.built(p)))
	b, err := r.bill(p)
	check(t, err)
	for _, want := range []string{"pkg:golang/stdlib@" + strings.TrimPrefix(runtime.Version(), "go"), "pkg:golang/github.com/google/uuid@v", "pkg:npm/preact@"} {
		found := slices.ContainsFunc(b.Components, func(c component) bool { return strings.HasPrefix(c.PURL, want) })
		if !found {
			t.Errorf("the bill lacks %s: %+v", want, b.Components)
		}
	}
	if sum, _ := sha256Of(own); b.Metadata.Component.Hashes[0].Content != sum || len(b.Dependencies[0].DependsOn) != len(b.Components) {
		t.Errorf("the bill is for %+v", b.Metadata.Component)
	}
	again, err := r.bill(p)
	check(t, err)
	if again.Serial != b.Serial {
		t.Errorf("the serial number changes from %s to %s", b.Serial, again.Serial)
	}
}

// inspectMachine returns the processor of this machine, if it is Linux.
func inspectMachine() string {
	if runtime.GOOS != "linux" {
		return "amd64"
	}
	return runtime.GOARCH
}

// runAlone runs a program that sees only one folder, as in a container without other files.
func runAlone(t *testing.T, root, program string) {
	t.Helper()
	if runtime.GOOS != "linux" || os.Geteuid() != 0 {
		t.Log("only root on Linux can run the program in an empty root")
		return
	}
	cmd := exec.Command(program)
	cmd.SysProcAttr = &syscall.SysProcAttr{Chroot: root}
	cmd.Dir = "/"
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%s alone in its root: %v: %s", program, err, text)
	}
}
