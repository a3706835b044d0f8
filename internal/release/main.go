// Command release builds everything that a release of Selasar consists of, into one folder:
//
//	go run ./internal/release [FLAG...]
//
//	bin/PLATFORM/selasar       the program for each platform
//	npm/*.tgz                  the npm packages: selasar, create-selasar, and one for each platform
//	selasar-V-PLATFORM.tar.gz  an archive for each platform; a .zip for Windows
//	selasar-V-PLATFORM.cdx.json  the bill of materials of each program, in CycloneDX's form
//	selasar-V-PLATFORM.oci.tar  a container image for each Linux, as an archive of an OCI layout
//	SHA256SUMS                 the checksums of all of these files
//
// The version is the one of package.json in the repository's root. The same commit gives the same bytes, apart from the
// npm packages, whose compression depends on the version of npm.
package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// options are the flags.
type options struct {
	out    string
	only   string
	binary string
	dirty  bool
}

func main() {
	var o options
	flag.StringVar(&o.out, "out", "dist", "write to this folder; its earlier content is deleted")
	flag.StringVar(&o.only, "only", "", "build for one platform, such as linux-x64")
	flag.StringVar(&o.binary, "binary", "", "with -only: build no program, and write the npm packages of this one; for tests")
	flag.BoolVar(&o.dirty, "dirty", false, "also release changes that are not committed; the version ends with -dirty")
	flag.Parse()
	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

// release is one release on its way.
type release struct {
	version   string
	commit    string
	time      time.Time // of the commit
	out       string
	platforms []platform
	given     string // a program that is not built here; otherwise empty
}

func run(o options) error {
	r, err := prepare(o)
	if err != nil {
		return err
	}
	if err := clear(r.out); err != nil {
		return err
	}
	for _, step := range r.steps() {
		fmt.Println("release:", step.what)
		if err := step.do(); err != nil {
			return fmt.Errorf("%s: %w", step.what, err)
		}
	}
	fmt.Printf("release: Selasar %s is in %s\n", r.version, r.out)
	return nil
}

type step struct {
	what string
	do   func() error
}

func (r release) steps() []step {
	build, packages := step{"building the programs", r.build}, step{"writing the npm packages", r.writePackages}
	if r.given != "" {
		return []step{build, packages}
	}
	return []step{
		build, packages,
		{"writing the bills of materials", r.writeBills},
		{"writing the archives", r.writeArchives},
		{"writing the container images", r.writeImages},
		{"writing the checksums", r.writeSums},
	}
}

// prepare reads the flags and the state of the repository.
func prepare(o options) (r release, err error) {
	r = release{out: o.out, platforms: platforms, given: o.binary}
	if o.only != "" {
		p, err := platformOf(o.only)
		if err != nil {
			return r, err
		}
		r.platforms = []platform{p}
	}
	if o.binary != "" && o.only == "" {
		return r, errors.New("-binary needs -only: name the platform of the program")
	}
	if r.version, err = version("package.json"); err != nil {
		return r, err
	}
	changed, err := git("status", "--porcelain")
	switch {
	case err != nil:
		return r, err
	case changed != "" && !o.dirty:
		return r, fmt.Errorf("there are changes that are not committed, such as %q; commit them, or add -dirty (make release RELEASE=-dirty)", firstLine(changed))
	case changed != "":
		r.version += "-dirty"
	}
	return r, r.stamp()
}

// stamp reads the commit and its time. All dates in the release are that time.
func (r *release) stamp() error {
	commit, err := git("rev-parse", "HEAD")
	if err != nil {
		return err
	}
	seconds, err := git("show", "-s", "--format=%ct", "HEAD")
	if err != nil {
		return err
	}
	at, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil {
		return fmt.Errorf("reading the commit's time: %w", err)
	}
	r.commit, r.time = commit, time.Unix(at, 0).UTC()
	return nil
}

// version returns the version in a package.json.
func version(name string) (string, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return "", fmt.Errorf("reading the version (run this in the repository's root): %w", err)
	}
	var manifest struct{ Version string }
	if err := json.Unmarshal(text, &manifest); err != nil || manifest.Version == "" {
		return "", fmt.Errorf("%s has no version: %w", name, cmp.Or(err, errors.New("the key is missing")))
	}
	return manifest.Version, nil
}

// clear deletes an earlier release. It refuses to delete a folder that is none.
func clear(folder string) error {
	entries, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if _, err := os.Stat(filepath.Join(folder, "bin")); err != nil && len(entries) > 0 {
		return fmt.Errorf("%s has files that are no release; choose another folder with -out", folder)
	}
	if err := os.RemoveAll(folder); err != nil {
		return err
	}
	return os.MkdirAll(folder, 0o755)
}

func git(args ...string) (string, error) { return output(exec.Command("git", args...)) }

// output runs a command and returns its output without the last line break. Its error has what the command said.
func output(cmd *exec.Cmd) (string, error) {
	out, err := cmd.Output()
	if failed, ok := errors.AsType[*exec.ExitError](err); ok {
		return "", fmt.Errorf("%s: %w: %s", strings.Join(cmd.Args, " "), err, strings.TrimSpace(string(failed.Stderr)))
	}
	return strings.TrimRight(string(out), "\n"), err
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return strings.TrimSpace(line)
}
