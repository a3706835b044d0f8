package project

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/selasar/selasar/internal/sourcetree"
)

// workspaceDepth is how many folders below the root a workspace may be.
const workspaceDepth = 4

// hasWorkspaces reports whether the folder is the root of workspaces.
func (p pkg) hasWorkspaces() bool { return len(p.workspacePatterns()) > 0 }

// workspacePatterns returns the patterns of package.json (npm, Yarn, Bun) and of pnpm-workspace.yaml.
func (p pkg) workspacePatterns() (patterns []string) {
	var object struct{ Packages []string }
	if json.Unmarshal(p.Workspaces, &patterns) != nil && json.Unmarshal(p.Workspaces, &object) == nil {
		patterns = object.Packages
	}
	if text, err := os.ReadFile(filepath.Join(p.dir, "pnpm-workspace.yaml")); err == nil {
		patterns = append(patterns, pnpmPackages(string(text))...)
	}
	return patterns
}

// chooseWorkspace returns the only workspace that is a web app, as a path with slashes. It returns "" if there is none.
func (p pkg) chooseWorkspace() (string, error) {
	var found, described []string
	patterns := p.workspacePatterns()
	err := filepath.WalkDir(p.dir, func(name string, file fs.DirEntry, err error) error {
		if err != nil || !file.IsDir() {
			return err
		}
		relative, err := filepath.Rel(p.dir, name)
		if err != nil || relative == "." {
			return err
		}
		relative = filepath.ToSlash(relative)
		if sourcetree.Skipped(file.Name()) || strings.Count(relative, "/") >= workspaceDepth {
			return filepath.SkipDir
		}
		if !matches(patterns, relative) {
			return nil
		}
		one, err := readPackage(name)
		if err != nil {
			return err
		}
		if known := one.frameworkOf(); known != nil {
			found, described = append(found, relative), append(described, relative+" ("+known.name+")")
		}
		return nil
	})
	switch {
	case err != nil:
		return "", err
	case len(found) > 1:
		return "", fmt.Errorf("%s has several web apps: %s; name one of these folders, such as selasar init %s", p.dir, strings.Join(described, ", "), filepath.Join(p.dir, filepath.FromSlash(found[0])))
	case len(found) == 1:
		return found[0], nil
	}
	return "", nil
}

// matches reports whether the patterns of workspaces name a folder. A pattern with "!" excludes folders.
func matches(patterns []string, folder string) (named bool) {
	for _, pattern := range patterns {
		pattern, excludes := strings.CutPrefix(pattern, "!")
		if match(strings.Split(strings.Trim(strings.TrimPrefix(pattern, "./"), "/"), "/"), strings.Split(folder, "/")) {
			named = !excludes
		}
	}
	return named
}

// match compares the parts of a pattern with those of a path; ** stands for any number of parts.
func match(pattern, parts []string) bool {
	switch {
	case len(pattern) == 0:
		return len(parts) == 0
	case pattern[0] == "**":
		return match(pattern[1:], parts) || len(parts) > 0 && match(pattern, parts[1:])
	case len(parts) == 0:
		return false
	}
	same, err := path.Match(pattern[0], parts[0])
	return err == nil && same && match(pattern[1:], parts[1:])
}
