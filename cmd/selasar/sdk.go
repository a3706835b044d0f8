package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"github.com/selasar/selasar/internal/npm"
	"github.com/selasar/selasar/internal/webui"
)

type sdkCommand struct {
	Vendor vendorCommand `cmd:"" help:"Copy an SDK into a project as a file: dependency, which installs without a running Selasar."`
}

type vendorCommand struct {
	Project string `arg:"" optional:"" default:"." name:"dir" help:"The folder with package.json (default: this folder)."`
	Package string `default:"@gopay/miniapp-client" placeholder:"NAME" help:"The name under which the project imports the SDK: @gopay/miniapp-client, @selasar/miniapp-client or @selasar/miniapp-host (default: ${default})."`
}

// vendorFolder is the folder of a project for the archives.
const vendorFolder = "vendor"

// Run writes the package's archive into the project, and makes it a dependency.
func (c *vendorCommand) Run(s streams) error {
	archive, err := webui.PackageArchive(c.Package)
	if err != nil {
		return fmt.Errorf("--package: %w", err)
	}
	manifest := filepath.Join(c.Project, "package.json")
	text, err := os.ReadFile(manifest)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no package.json in %s; name the folder of your project, or run npm init there", c.Project)
	}
	if err != nil {
		return fmt.Errorf("reading the project: %w", err)
	}
	spec := "file:" + path.Join(vendorFolder, archive.File())
	changed, err := npm.SetDependency(text, archive.Name, spec)
	if err != nil {
		return fmt.Errorf("%s: %w", manifest, err)
	}
	folder := filepath.Join(c.Project, vendorFolder)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("writing the archive: %w", err)
	}
	if err := os.WriteFile(filepath.Join(folder, archive.File()), archive.Data, 0o644); err != nil {
		return fmt.Errorf("writing the archive: %w", err)
	}
	if err := os.WriteFile(manifest, changed, 0o644); err != nil {
		return fmt.Errorf("writing the project: %w", err)
	}
	_, _ = fmt.Fprintf(s.out, "%s is now %s; run npm install, and commit %s, package.json and the lock file\n", archive.Name, spec, vendorFolder)
	return nil
}
