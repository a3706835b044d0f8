package main

import (
	"fmt"
	"path/filepath"
	"strings"
)

// platform is a system and a processor that a release has a program for.
type platform struct {
	name     string // in the names of packages and files, with Node's words
	goos     string
	goarch   string
	nodeOS   string // Node's process.platform
	nodeArch string // Node's process.arch
}

// platforms are all platforms of a release. npm/selasar/bin/selasar.js has the same list.
var platforms = []platform{
	{"linux-x64", "linux", "amd64", "linux", "x64"},
	{"linux-arm64", "linux", "arm64", "linux", "arm64"},
	{"darwin-x64", "darwin", "amd64", "darwin", "x64"},
	{"darwin-arm64", "darwin", "arm64", "darwin", "arm64"},
	{"win32-x64", "windows", "amd64", "win32", "x64"},
}

func platformOf(name string) (platform, error) {
	var names []string
	for _, p := range platforms {
		if p.name == name {
			return p, nil
		}
		names = append(names, p.name)
	}
	return platform{}, fmt.Errorf("there is no platform %q; the platforms are %s", name, strings.Join(names, ", "))
}

// program returns the name of the program's file.
func (p platform) program() string {
	if p.goos == "windows" {
		return "selasar.exe"
	}
	return "selasar"
}

// npmName returns the name of the platform's npm package.
func (p platform) npmName() string { return "@selasar/cli-" + p.name }

// built returns the path of the platform's program in the release.
func (r release) built(p platform) string {
	return filepath.Join(r.out, "bin", p.name, p.program())
}

// stem returns the common beginning of the names of a platform's files.
func (r release) stem(p platform) string { return "selasar-" + r.version + "-" + p.name }
