package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// licencesFile has the licences of everything that a program contains of others.
const licencesFile = "THIRD_PARTY_LICENSES"

// pageNotices has the licences of the libraries in the simulator's page. scripts/build/notices.mjs writes it.
const pageNotices = "internal/webui/simulator/NOTICES.txt"

var licenceName = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice)`)

// licencesOf returns the licences of Go, of the modules in a platform's program, and of the libraries in its page.
func licencesOf(p platform) ([]byte, error) {
	modules, err := modulesOf(p)
	if err != nil {
		return nil, err
	}
	root, err := output(exec.Command("go", "env", "GOROOT"))
	if err != nil {
		return nil, err
	}
	modules = slices.Insert(modules, 0, module{Path: "Go's standard library", Dir: root})
	var text bytes.Buffer
	text.WriteString("The program contains the following software of others.\n")
	for _, m := range modules {
		if err := appendLicences(&text, m); err != nil {
			return nil, err
		}
	}
	page, err := os.ReadFile(pageNotices)
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(&text, "\n%s\n%s", rule, page)
	return text.Bytes(), nil
}

var rule = strings.Repeat("-", 80)

func appendLicences(text *bytes.Buffer, m module) error {
	entries, err := os.ReadDir(m.Dir)
	if err != nil {
		return err
	}
	found := false
	for _, file := range entries {
		if file.IsDir() || !licenceName.MatchString(file.Name()) {
			continue
		}
		licence, err := os.ReadFile(filepath.Join(m.Dir, file.Name()))
		if err != nil {
			return err
		}
		fmt.Fprintf(text, "\n%s\n%s\n\n%s\n", rule, strings.TrimSpace(m.Path+" "+m.Version), bytes.TrimSpace(licence))
		found = true
	}
	if !found {
		return fmt.Errorf("%s is in the program, but has no licence file in %s", m.Path, m.Dir)
	}
	return nil
}

// module is a Go module in the program.
type module struct{ Path, Version, Dir string }

// modulesOf returns the modules in a platform's program, in the order of their paths.
func modulesOf(p platform) (modules []module, err error) {
	cmd := exec.Command("go", "list", "-deps", "-json=Module", "./cmd/selasar")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+p.goos, "GOARCH="+p.goarch)
	text, err := output(cmd)
	if err != nil {
		return nil, err
	}
	for decoder := json.NewDecoder(strings.NewReader(text)); ; {
		var pkg struct {
			Module *struct {
				module
				Main bool
			}
		}
		err := decoder.Decode(&pkg)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if pkg.Module != nil && !pkg.Module.Main && !slices.Contains(modules, pkg.Module.module) {
			modules = append(modules, pkg.Module.module)
		}
	}
	slices.SortFunc(modules, func(a, b module) int { return strings.Compare(a.Path, b.Path) })
	return modules, nil
}
