package main

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/mattn/go-isatty"

	"github.com/selasar/selasar/internal/dev/project"
	"github.com/selasar/selasar/internal/manifest"
	"github.com/selasar/selasar/internal/miniapp"
)

type initCommand struct {
	Dir        string `arg:"" optional:"" default:"." name:"dir" help:"The folder of the project (default: this folder)."`
	ID         string `name:"id" placeholder:"ID" help:"The mini app's short name (default: the one of package.json)."`
	Name       string `placeholder:"NAME" help:"The name that users see (default: from package.json)."`
	Generation string `placeholder:"NAME" help:"webview for MiniAppSDK, container-v2 or container-v1 for gpContainer (default: from the sources)."`
	Command    string `placeholder:"COMMAND" help:"Starts the mini app's server (default: the project's dev script)."`
	NoEnv      bool   `help:"Do not write .env."`
	Yes        bool   `short:"y" help:"Ask nothing. Questions come on a terminal only."`
}

// Run writes the manifest of a project, and says what it found and what comes next.
func (c *initCommand) Run(ctx context.Context, s streams) error {
	p, err := project.Read(c.Dir, c.Command)
	if err != nil {
		return err
	}
	if written, exists, err := p.Existing(); exists {
		return c.keep(s, p, written, err)
	}
	p.ID, p.Name, p.Command = cmp.Or(c.ID, p.ID), cmp.Or(c.Name, p.Name), cmp.Or(c.Command, p.Command)
	if c.Generation != "" {
		p.Use.Generation, p.Use.Reason = miniapp.Generation(c.Generation), "as you said"
	}
	describe(s, p)
	if !c.Yes && isatty.IsTerminal(os.Stdin.Fd()) {
		if err := c.ask(ctx, s, &p); err != nil {
			return err
		}
	}
	text, err := p.Manifest()
	if err != nil {
		return fmt.Errorf("a flag does not fit: %w", err)
	}
	if err := p.WriteNew(manifest.File, text); err != nil {
		return err
	}
	_, _ = fmt.Fprintf(s.out, "\nWrote %s:\n%s", filepath.Join(p.Dir, manifest.File), text)
	if len(p.Use.Consents) > 0 {
		_, _ = fmt.Fprintln(s.out, "Write the reason of each consent into it: users see it.")
	}
	return c.finish(s, p)
}

// keep leaves an existing manifest alone, and says what it lacks.
func (c *initCommand) keep(s streams, p project.Project, m manifest.Manifest, err error) error {
	if err != nil {
		return fmt.Errorf("%s exists, and is not changed; correct it, or delete it and run selasar init again: %w", filepath.Join(p.Dir, manifest.File), err)
	}
	describe(s, p)
	_, _ = fmt.Fprintf(s.out, "\n%s exists, and is not changed.\n", filepath.Join(p.Dir, manifest.File))
	for _, sentence := range p.Lacks(m) {
		_, _ = fmt.Fprintf(s.out, "  %s\n", sentence)
	}
	return c.finish(s, p)
}

// describe prints what the project's files say.
func describe(s streams, p project.Project) {
	if p.Workspace != "" {
		_, _ = fmt.Fprintf(s.out, "The web app is in the workspace %s.\n", p.Workspace)
	}
	_, _ = fmt.Fprintf(s.out, "%s is %s", p.Dir, p.Kind)
	if p.Command != "" {
		_, _ = fmt.Fprintf(s.out, ", started by %s", p.Command)
	}
	_, _ = fmt.Fprintf(s.out, ".\n  generation %s: %s\n", p.Use.Generation, p.Use.Reason)
	for _, f := range p.Use.Consents {
		_, _ = fmt.Fprintf(s.out, "  consent %s: %s %s\n", f.Name, f.Place, f.What)
	}
	for _, f := range p.Use.Deeplinks {
		_, _ = fmt.Fprintf(s.out, "  deeplink %s: %s %s\n", f.Name, f.Place, f.What)
	}
	if p.Use.Drafts != nil {
		_, _ = fmt.Fprintf(s.out, "  drafts: %s %s\n", p.Use.Drafts.Place, p.Use.Drafts.What)
	}
	if p.Use.Bound {
		_, _ = fmt.Fprintf(s.out, "  only the first %d files were read; check the consents\n", p.Use.Files)
	}
}

// ask lets a person change what was found. An empty answer keeps it. The questions are no result, so they go to stderr.
func (c *initCommand) ask(ctx context.Context, s streams, p *project.Project) error {
	_, _ = fmt.Fprintln(s.err, "\nPress Enter to keep a value.")
	lines := bufio.NewReader(os.Stdin)
	generation := string(p.Use.Generation)
	for _, q := range []struct {
		what  string
		value *string
	}{{"id", &p.ID}, {"name", &p.Name}, {"generation", &generation}, {"command", &p.Command}} {
		if q.what == "command" && p.Command == "" {
			continue // a folder of files has no server
		}
		_, _ = fmt.Fprintf(s.err, "%s [%s]: ", q.what, *q.value)
		answer, err := readLine(ctx, lines)
		if err != nil {
			return fmt.Errorf("nothing is written: the answers ended (%w); --yes asks nothing", err)
		}
		*q.value = cmp.Or(strings.TrimSpace(answer), *q.value)
	}
	p.Use.Generation = miniapp.Generation(generation)
	return nil
}

// readLine reads an answer. Ctrl-C ends it.
func readLine(ctx context.Context, lines *bufio.Reader) (line string, err error) {
	read := make(chan error, 1)
	var text string
	go func() {
		var err error
		text, err = lines.ReadString('\n')
		read <- err
	}()
	select {
	case err := <-read:
		return text, err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// finish writes .env for the project's server, and prints the next steps.
func (c *initCommand) finish(s streams, p project.Project) error {
	if p.Command != "" && !c.NoEnv {
		written, lacks, err := p.WriteEnvironment()
		switch {
		case err != nil:
			return err
		case written:
			_, _ = fmt.Fprintf(s.out, "Wrote %s: the address of the APIs, for your server. It has no secrets.\n", filepath.Join(p.Dir, ".env"))
		case lacks != "":
			_, _ = fmt.Fprintf(s.out, "%s exists, and is not changed. Your server needs this line, if you start it yourself: %s\n", filepath.Join(p.Dir, ".env"), lacks)
		}
	}
	if p.Registry != "" {
		_, _ = fmt.Fprintf(s.out, "@gopay/miniapp-client comes from a running Selasar. Add this line to .npmrc: %s\n", p.Registry)
	}
	_, _ = fmt.Fprintf(s.out, "Next: %s\n", next(p.Dir))
	return nil
}

// next returns the command that runs the mini app, by the package manager that runs this command.
func next(dir string) string {
	command := "selasar dev"
	switch name, _, _ := strings.Cut(os.Getenv("npm_config_user_agent"), "/"); name {
	case "npm":
		command = "npx selasar dev"
	case "pnpm":
		command = "pnpm dlx selasar dev"
	case "yarn":
		command = "yarn dlx selasar dev"
	case "bun":
		command = "bunx selasar dev"
	}
	if filepath.Clean(dir) != "." {
		command += " " + dir
	}
	return command
}
