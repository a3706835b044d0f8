package project

import (
	"regexp"
	"strings"
)

// framework is a kind of web project.
type framework struct {
	name    string
	depends string // the package that such a project depends on
	config  string // pattern of its configuration file
	command string // starts its development server
	port    string // on which that server listens
}

// frameworks are all known ones. A project of the first four may depend on Vite, too.
var frameworks = []framework{
	{"Next.js", "next", "next.config.*", "next dev", "3000"},
	{"Nuxt", "nuxt", "nuxt.config.*", "nuxt dev", "3000"},
	{"SvelteKit", "@sveltejs/kit", "svelte.config.*", "vite dev", "5173"},
	{"Astro", "astro", "astro.config.*", "astro dev", "4321"},
	{"Vite", "vite", "vite.config.*", "vite", "5173"},
}

// frameworkOf returns the framework of a project, or nil. The configuration of SvelteKit is also the one of plain Svelte,
// so a dependency counts before a file.
func (p pkg) frameworkOf() *framework {
	for i := range frameworks {
		if p.depends(frameworks[i].depends) {
			return &frameworks[i]
		}
	}
	for i := range frameworks {
		if p.has(frameworks[i].config) {
			return &frameworks[i]
		}
	}
	return nil
}

// several matches a script that starts more than one program, so that Selasar could find another server than the pages'.
var several = regexp.MustCompile(`\b(concurrently|npm-run-all2?|run-p|turbo|nx|lerna)\b|[^&]&([^&]|$)`)

var portFlag = regexp.MustCompile(`(?:--port|-p)[ =](\d{2,5})\b`)

// server returns the kind of the project, for people, and how its server starts. The command is empty without a server.
func (p pkg) server() (kind, command, url string) {
	known, manager := p.frameworkOf(), p.manager()
	kind = "a folder of files"
	if known != nil {
		kind, command = known.name, manager.exec+known.command
	}
	for _, script := range []string{"dev", "start"} {
		text := strings.TrimSpace(p.Scripts[script])
		if text == "" || (script == "start" && known != nil) { // a framework's start runs what was built
			continue
		}
		if known == nil {
			kind = "a Node project"
		}
		command = manager.run + script
		if known != nil && several.MatchString(text) {
			port := known.port
			if m := portFlag.FindStringSubmatch(text); m != nil {
				port = m[1]
			}
			url = "http://localhost:" + port
		}
		break
	}
	return kind, command, url
}
