// Package project looks at the project of a mini app, and drafts its miniapp.json for "selasar init".
//
// It reads package.json, the lock files and the sources. It never runs the project's code, follows no symbolic links, and
// reads at most [maxFiles] files.
package project

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/selasar/selasar/internal/manifest"
)

// Project is what the files of a mini app say about it.
type Project struct {
	Dir       string // its folder
	Workspace string // the folder below the one that was named, if a workspace was chosen; otherwise empty
	Kind      string // the framework, for people: "Vite"
	ID        string
	Name      string
	Command   string // starts its server; empty for a folder of files
	URL       string // of its pages, if the command starts several servers
	Entry     string // the path of its first page
	Use       Use    // of the JSAPIs
	Registry  string // the line that .npmrc lacks for the SDK; otherwise empty
}

// Read looks at the project in a folder. The folder of several workspaces leads to the one that is a web app. A command
// that is not empty takes the place of the project's own.
func Read(dir, command string) (p Project, err error) {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return p, fmt.Errorf("there is no folder %s", dir)
	case err != nil:
		return p, fmt.Errorf("opening the project: %w", err)
	case !info.IsDir():
		return p, fmt.Errorf("%s is not a folder; name the folder of your project", dir)
	}
	p.Dir = dir
	pkg, err := readPackage(dir)
	if err != nil {
		return p, err
	}
	if pkg.frameworkOf() == nil && pkg.hasWorkspaces() {
		if p.Workspace, err = pkg.chooseWorkspace(); err != nil {
			return p, err
		}
		if p.Workspace != "" {
			p.Dir = filepath.Join(dir, filepath.FromSlash(p.Workspace))
			if pkg, err = readPackage(p.Dir); err != nil {
				return p, err
			}
		}
	}
	p.ID, p.Name = pkg.names()
	p.Kind, p.Command, p.URL = pkg.server()
	if command != "" {
		p.Command, p.URL = command, ""
	}
	if p.Use, err = scan(p.Dir); err != nil {
		return p, fmt.Errorf("reading the sources: %w", err)
	}
	p.Entry = "/"
	if p.Command == "" {
		if p.Entry, err = firstPage(p.Dir); err != nil {
			return p, err
		}
	}
	p.Registry = pkg.missingRegistry()
	return p, nil
}

// pageFolders are where a folder of files may keep its first page.
var pageFolders = []string{"", "public", "www", "dist", "src"}

// firstPage returns the path of the first page in a folder without a server.
func firstPage(dir string) (string, error) {
	for _, folder := range pageFolders {
		if info, err := os.Stat(filepath.Join(dir, folder, "index.html")); err == nil && info.Mode().IsRegular() {
			if folder == "" {
				return "/", nil
			}
			return "/" + folder + "/", nil
		}
	}
	return "", fmt.Errorf(`%s has no web page to open: there is no index.html, and no package.json with a "dev" or "start" script; name the folder of your mini app, or its command with --command`, dir)
}

// Existing returns the manifest that the project has already, and reports whether there is one.
func (p Project) Existing() (m manifest.Manifest, exists bool, err error) {
	if _, err := os.Lstat(filepath.Join(p.Dir, manifest.File)); errors.Is(err, fs.ErrNotExist) {
		return m, false, nil
	}
	m, err = manifest.Read(p.Dir)
	return m, true, err
}
