package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/selasar/selasar/internal/npm"
)

// writePackages writes the npm packages: one with the program for each platform, and the packages in npm/, which run it.
func (r release) writePackages() error {
	folder := filepath.Join(r.out, "npm")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	scratch, err := os.MkdirTemp("", "selasar-release-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(scratch) }()
	for _, p := range r.platforms {
		if err := r.writePlatformPackage(p, filepath.Join(scratch, p.name), folder); err != nil {
			return err
		}
	}
	for _, name := range []string{"selasar", "create-selasar"} {
		if err := r.writeRunner(name, filepath.Join(scratch, name), folder); err != nil {
			return err
		}
	}
	return nil
}

// platformManifest is the package.json of a platform's package.
type platformManifest struct {
	Name        string            `json:"name"`
	Version     string            `json:"version"`
	Description string            `json:"description"`
	Homepage    string            `json:"homepage"`
	Repository  map[string]string `json:"repository"`
	License     string            `json:"license"`
	OS          []string          `json:"os"`
	CPU         []string          `json:"cpu"`
	Unplugged   bool              `json:"preferUnplugged"` // Yarn would leave the program in an archive
	Files       []string          `json:"files"`
	Selasar     npm.Record        `json:"selasar"`
}

func (r release) writePlatformPackage(p platform, from, to string) error {
	if err := os.MkdirAll(from, 0o755); err != nil {
		return err
	}
	sum, err := sha256Of(r.built(p))
	if err != nil {
		return err
	}
	manifest, err := json.MarshalIndent(platformManifest{
		Name: p.npmName(), Version: r.version, License: "Apache-2.0",
		Description: "The program of the npm package selasar for " + p.name + ".",
		Homepage:    "https://github.com/selasar/selasar#readme",
		Repository:  map[string]string{"type": "git", "url": "git+https://github.com/selasar/selasar.git"},
		OS:          []string{p.nodeOS}, CPU: []string{p.nodeArch}, Unplugged: true,
		Files:   []string{p.program(), licencesFile},
		Selasar: npm.Record{SHA256: sum},
	}, "", "  ")
	if err != nil {
		return err
	}
	licences, err := licencesOf(p)
	if err != nil {
		return err
	}
	readme := fmt.Sprintf("# %s\n\nThe program of [selasar](https://www.npmjs.com/package/selasar) for %s. Install `selasar`, which chooses the package of your platform.\n", p.npmName(), p.name)
	for name, text := range map[string][]byte{"package.json": append(manifest, '\n'), licencesFile: licences, "README.md": []byte(readme)} {
		if err := os.WriteFile(filepath.Join(from, name), text, 0o644); err != nil {
			return err
		}
	}
	if err := copyFile(r.built(p), filepath.Join(from, p.program())); err != nil {
		return err
	}
	return pack(from, to)
}

// writeRunner packs a package of npm/ with the version of the release. All packages of a release need each other's exact
// version.
func (r release) writeRunner(name, from, to string) error {
	if err := os.CopyFS(from, os.DirFS(filepath.Join("npm", name))); err != nil {
		return err
	}
	path := filepath.Join(from, "package.json")
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var manifest map[string]any
	if err := json.Unmarshal(text, &manifest); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	manifest["version"] = r.version
	if name == "selasar" {
		optional := map[string]string{}
		for _, p := range platforms {
			optional[p.npmName()] = r.version
		}
		manifest["optionalDependencies"] = optional
	} else {
		manifest["dependencies"] = map[string]string{"selasar": r.version}
	}
	if text, err = json.MarshalIndent(manifest, "", "  "); err != nil {
		return err
	}
	if err := os.WriteFile(path, append(text, '\n'), 0o644); err != nil {
		return err
	}
	return pack(from, to)
}

// pack runs npm pack, which decides what a package contains. Every package gets the licence.
func pack(from, to string) error {
	to, err := filepath.Abs(to)
	if err != nil {
		return err
	}
	licence, err := os.ReadFile("LICENSE")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(from, "LICENSE"), licence, 0o644); err != nil {
		return err
	}
	cmd := exec.Command("npm", "pack", "--ignore-scripts", "--silent", "--pack-destination", to)
	cmd.Dir = from
	for _, one := range os.Environ() {
		if !strings.HasPrefix(strings.ToLower(one), "npm_") { // the settings of an npm that runs this program
			cmd.Env = append(cmd.Env, one)
		}
	}
	_, err = output(cmd)
	return err
}
