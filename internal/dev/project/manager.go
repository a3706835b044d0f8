package project

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// manager is a package manager.
type manager struct {
	name  string
	locks []string // its lock files
	run   string   // before the name of a script
	exec  string   // before a program of a dependency
}

var managers = []manager{
	{"npm", []string{"package-lock.json", "npm-shrinkwrap.json"}, "npm run ", "npx "},
	{"pnpm", []string{"pnpm-lock.yaml", "pnpm-workspace.yaml"}, "pnpm run ", "pnpm exec "},
	{"yarn", []string{"yarn.lock"}, "yarn run ", "yarn run "},
	{"bun", []string{"bun.lock", "bun.lockb"}, "bun run ", "bunx "},
}

// manager returns the package manager of a project: the one that package.json names, or the one of the nearest lock file
// up to the root of the repository, or npm.
func (p pkg) manager() manager {
	dir, err := filepath.Abs(p.dir)
	if err != nil {
		return managers[0]
	}
	for own := p; ; {
		named, _, _ := strings.Cut(own.PackageManager, "@")
		if at := slices.IndexFunc(managers, func(m manager) bool { return m.name == named }); at >= 0 {
			return managers[at]
		}
		for _, m := range managers {
			if slices.ContainsFunc(m.locks, func(lock string) bool { return exists(filepath.Join(dir, lock)) }) {
				return m
			}
		}
		above := filepath.Dir(dir)
		if above == dir || exists(filepath.Join(dir, ".git")) {
			return managers[0]
		}
		if dir, own = above, (pkg{}); exists(filepath.Join(dir, "package.json")) {
			own, _ = readPackage(dir) // a broken one above the project names no package manager
		}
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
