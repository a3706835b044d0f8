// Selasar runs GoPay mini apps without GoPay: on a laptop with "selasar dev", and as the
// platform of a super app with "selasar serve".
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/selasar/selasar/internal/interrupt"
	"github.com/selasar/selasar/internal/spelling"
)

func main() {
	setLog(os.Stderr)
	os.Exit(run(interrupt.Context(), os.Args[1:], os.Stdout, os.Stderr))
}

// commands are the subcommands of selasar.
type commands struct {
	Dev        devCommand        `cmd:"" group:"Mini apps on this machine:" help:"Run a mini app in a simulated super app on this machine."`
	Check      checkCommand      `cmd:"" group:"Mini apps on this machine:" help:"Find the parts of a mini app that would fail on a phone."`
	Init       initCommand       `cmd:"" group:"Mini apps on this machine:" help:"Make miniapp.json for an existing project."`
	SDK        sdkCommand        `cmd:"" group:"Mini apps on this machine:" name:"sdk" help:"Install the SDKs for mini apps and hosts."`
	Serve      serveCommand      `cmd:"" group:"The platform of a super app:" help:"Run the platform of a super app."`
	App        appCommand        `cmd:"" group:"The platform of a super app:" help:"Manage mini apps of a platform."`
	Audit      auditCommand      `cmd:"" group:"The platform of a super app:" help:"Read and verify the audit log of a platform."`
	Backup     backupCommand     `cmd:"" group:"The platform of a super app:" help:"Back up the SQLite database of a platform, also while it runs."`
	Consent    consentCommand    `cmd:"" group:"The platform of a super app:" help:"See and withdraw consents of users."`
	Delivery   deliveryCommand   `cmd:"" group:"The platform of a super app:" help:"See notifications to mini apps' backends, and send them again."`
	Doctor     doctorCommand     `cmd:"" group:"The platform of a super app:" help:"Find what is wrong with a platform, or will be soon."`
	Key        keyCommand        `cmd:"" group:"The platform of a super app:" help:"Manage the keys of the operator API."`
	Payment    paymentCommand    `cmd:"" group:"The platform of a super app:" help:"See payments of a platform."`
	Provider   providerCommand   `cmd:"" group:"The platform of a super app:" help:"Try an operator's provider of money and users."`
	Restore    restoreCommand    `cmd:"" group:"The platform of a super app:" help:"Restore the SQLite database of a platform from a backup."`
	User       userCommand       `cmd:"" group:"The platform of a super app:" help:"See, make and change users of a platform."`
	Completion completionCommand `cmd:"" group:"This program:" help:"Print the script that completes commands in a shell."`
	Version    versionCommand    `cmd:"" group:"This program:" help:"Print the version."`
}

// streams are the output streams of a command: out for results, err for all other messages.
type streams struct{ out, err io.Writer }

// run runs the program and returns its exit code. It prints an error as one line on stderr.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var grammar commands
	helped := false
	file := &configFile{}
	parser, err := kong.New(&grammar,
		kong.Resolvers(file),
		kong.Name("selasar"),
		kong.Description("A local double of the GoPay Mini App platform. It is not affiliated with GoPay and never talks to its servers."),
		kong.UsageOnError(),
		kong.Writers(stdout, stderr),
		kong.Exit(func(int) { helped = true }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true}),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(streams{stdout, stderr}),
	)
	if err != nil {
		return fail(stderr, err)
	}
	ignoreEmptyVariables(parser.Model.Node)
	args = usual(args)
	if err := file.read(parser.Model.Node, args); err != nil {
		return fail(stderr, err)
	}
	if args[0] == completing {
		return printLines(stdout, completions(parser.Model.Node, args[1:]))
	}
	parsed, err := parser.Parse(args)
	switch {
	case helped:
		return 0
	case err != nil:
		err = fmt.Errorf("%s; for help, run selasar --help", meant(parser.Model.Node, err.Error(), args))
		if args[0] == "check" {
			err = exitError{brokenCode, err}
		}
		return fail(stderr, err)
	}
	err = parsed.Run()
	if _, broken := errors.AsType[exitError](err); err != nil && (broken || ctx.Err() == nil) { // a signal may also interrupt a start, which is no failure
		return fail(stderr, err)
	}
	return 0
}

// usual translates the forms of help and version that people try first: selasar, selasar help dev, selasar --version.
func usual(args []string) []string {
	switch {
	case len(args) == 0:
		return []string{"--help"}
	case args[0] == "help":
		return append(slices.Clone(args[1:]), "--help")
	case slices.Contains([]string{"--version", "-version", "-v", "-V"}, args[0]):
		return append([]string{"version"}, args[1:]...)
	case args[0] == "-help" || args[0] == "-?":
		return append([]string{"--help"}, args[1:]...)
	}
	return args
}

// ignoreEmptyVariables treats an empty environment variable as not set. Compose files and shells often set such variables.
func ignoreEmptyVariables(node *kong.Node) {
	for _, flag := range node.Flags {
		flag.Tag.Envs = slices.DeleteFunc(flag.Tag.Envs, func(name string) bool {
			value, set := os.LookupEnv(name)
			return set && value == ""
		})
	}
	for _, child := range node.Children {
		ignoreEmptyVariables(child)
	}
}

// meant adds the nearest command to the message about an unknown first word.
func meant(program *kong.Node, message string, args []string) string {
	nearest, ok := spelling.Nearest(args[0], append(names(program), "help"))
	if message == "unexpected argument "+args[0] && ok && nearest != args[0] {
		message += fmt.Sprintf(", did you mean %q?", nearest)
	}
	return message
}

// fail prints an error and returns its exit code.
func fail(stderr io.Writer, err error) int {
	if err.Error() == "" { // the output says everything
		return exitCode(err)
	}
	line := strings.Join(strings.FieldsFunc(err.Error(), func(r rune) bool { return r == '\n' || r == '\r' }), "; ")
	_, _ = fmt.Fprintln(stderr, "selasar: "+line)
	return exitCode(err)
}
