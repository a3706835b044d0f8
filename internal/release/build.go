package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// build builds and inspects the program of each platform.
func (r release) build() error {
	for _, p := range r.platforms {
		if err := os.MkdirAll(filepath.Dir(r.built(p)), 0o755); err != nil {
			return err
		}
		if r.given != "" {
			if err := copyFile(r.given, r.built(p)); err != nil {
				return err
			}
			continue
		}
		fmt.Println("release:  ", p.name)
		if err := compile(p, r.built(p), "./cmd/selasar", "-X main.release="+r.version); err != nil {
			return err
		}
		if err := inspect(p, r.built(p)); err != nil {
			return err
		}
	}
	return nil
}

// compile builds a package for a platform. The same sources and the same Go give the same bytes on every machine: without
// cgo, paths, symbols and the state of the repository. Without cgo, a program for Linux is static.
func compile(p platform, out, pkg, ldflags string) error {
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w -buildid= "+ldflags, "-o", out, pkg)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+p.goos, "GOARCH="+p.goarch, "GOFLAGS=", "GOAMD64=v1", "GOARM64=v8.0", "GOEXPERIMENT=")
	_, err := output(cmd)
	return err
}

// copyFile copies a program.
func copyFile(from, to string) error {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = source.Close() }()
	target, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o755)
	if err != nil {
		return err
	}
	if _, err := io.Copy(target, source); err != nil {
		_ = target.Close()
		return err
	}
	return target.Close()
}
