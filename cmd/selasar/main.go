// Selasar runs GoPay mini apps without GoPay: on a laptop with "selasar dev".
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/selasar/selasar/internal/spelling"
)

func main() {
	// The first signal ends Selasar in order, a second one at once.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	go func() {
		<-ctx.Done()
		stop()
	}()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// commands is what can be typed after "selasar".
type commands struct {
	Dev     devCommand     `cmd:"" help:"Run a mini app in a simulated super app on this machine."`
	Version versionCommand `cmd:"" help:"Say which Selasar this is."`
}

// streams is where a command writes: out what was asked for, err everything else.
type streams struct{ out, err io.Writer }

// run is the whole program but for the process it runs in. It gives the exit code; what fails is one line on stderr.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var grammar commands
	helped := false
	parser, err := kong.New(&grammar,
		kong.Name("selasar"),
		kong.Description("A local double of the GoPay Mini App platform. It is not affiliated with GoPay and never talks to its servers."),
		kong.UsageOnError(),
		kong.Writers(stdout, stderr),
		kong.Exit(func(int) { helped = true }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(streams{stdout, stderr}),
	)
	if err != nil {
		return fail(stderr, err)
	}
	ignoreEmptyVariables(parser.Model.Node)
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, err := parser.Parse(args)
	switch {
	case helped:
		return 0
	case err != nil:
		return fail(stderr, fmt.Errorf("%s; selasar --help says more", meant(err.Error(), args)))
	}
	if err := parsed.Run(); err != nil {
		return fail(stderr, err)
	}
	return 0
}

// ignoreEmptyVariables lets a variable that holds nothing count as not set, as a compose file or a shell leaves it.
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

// meant names the command that an unknown first word is close to.
func meant(message string, args []string) string {
	nearest, ok := spelling.Nearest(args[0], []string{"dev", "version"})
	if message == "unexpected argument "+args[0] && ok && nearest != args[0] {
		message += fmt.Sprintf(", did you mean %q?", nearest)
	}
	return message
}

func fail(stderr io.Writer, err error) int {
	line := strings.Join(strings.FieldsFunc(err.Error(), func(r rune) bool { return r == '\n' || r == '\r' }), "; ")
	_, _ = fmt.Fprintln(stderr, "selasar: "+line)
	return 1
}
