package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/selasar/selasar/internal/npm"
)

// verify compares the running program with the SHA-256 that the package.json beside it records.
func verify(s streams) error {
	program, err := os.Executable()
	if err == nil {
		program, err = filepath.EvalSymlinks(program)
	}
	if err != nil {
		return fmt.Errorf("finding the program's own file: %w", err)
	}
	sum, err := sha256Of(program)
	if err != nil {
		return fmt.Errorf("reading the program's own file: %w", err)
	}
	recorded, err := packageOf(program)
	if err != nil {
		return fmt.Errorf("%s has the SHA-256 %s, which could not be compared: %w", program, sum, err)
	}
	if recorded.Selasar.SHA256 != sum {
		return fmt.Errorf("%s has the SHA-256 %s, but its package %s %s records %s: the file changed after it was packed; remove node_modules and install the package again",
			program, sum, recorded.Name, recorded.Version, recorded.Selasar.SHA256)
	}
	_, err = fmt.Fprintf(s.out, "%s is the program of the npm package %s %s: both have the SHA-256 %s\n", program, recorded.Name, recorded.Version, sum)
	return err
}

// packageOf reads the npm package of a program, whose package.json is in the program's folder.
func packageOf(program string) (p npm.Program, err error) {
	file := filepath.Join(filepath.Dir(program), "package.json")
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return p, errors.New("the program is not in an npm package, so there is no record beside it; compare it with the line of your platform in SHA256SUMS of the release")
	}
	if err != nil {
		return p, err
	}
	p, err = npm.ReadProgram(text)
	if err == nil && !strings.HasPrefix(p.Name, npm.ProgramPackages) {
		err = fmt.Errorf("it belongs to the package %q", p.Name)
	}
	if err != nil {
		return p, fmt.Errorf("%s is not the one of a package of Selasar: %w", file, err)
	}
	return p, nil
}

func sha256Of(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer func() { _ = file.Close() }()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}
