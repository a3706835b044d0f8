package main

import (
	"cmp"
	"fmt"
	"runtime"
	"runtime/debug"
)

type versionCommand struct {
	Verify bool `help:"Compare this program with the SHA-256 in its npm package."`
}

// release is the version of a release, such as 0.1.0. internal/release sets it at link time.
var release string

func (c versionCommand) Run(s streams) error {
	if c.Verify {
		return verify(s)
	}
	_, err := fmt.Fprintf(s.out, "selasar %s %s/%s %s\n", version(), runtime.GOOS, runtime.GOARCH, runtime.Version())
	return err
}

// version returns the version of a release, the module version of an installed binary, or the commit of the build.
func version() string {
	if release != "" {
		return release
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	var commit, changed string
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision" && len(s.Value) > 12:
			commit = s.Value[:12]
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = "+changes"
		}
	}
	return cmp.Or(commit+changed, "development")
}
