package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/selasar/selasar/internal/spelling"
)

// configFile gives flags the values of the file in --config. A flag and its environment
// variable win over the file.
type configFile struct{ values map[string]json.RawMessage }

// Validate reads nothing: the file is read when the flag --config is known.
func (f *configFile) Validate(*kong.Application) error { return nil }

// Resolve returns the value of a flag in the file; nil for none.
func (f *configFile) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	raw, ok := f.values[flag.Name]
	if !ok || flag.Name == "config" || fromEnvironment(flag) {
		return nil, nil
	}
	return flagText(flag.Name, raw)
}

func fromEnvironment(flag *kong.Flag) bool {
	return slices.ContainsFunc(flag.Envs, func(name string) bool {
		value, set := os.LookupEnv(name)
		return set && value != ""
	})
}

// flagText returns a member of the file as kong reads flags: text, or a list of texts.
func flagText(name string, raw json.RawMessage) (any, error) {
	var value any
	if err := json.Unmarshal(raw, &value); err != nil {
		return nil, err
	}
	switch v := value.(type) {
	case string, bool:
		return v, nil
	case []any:
		for _, one := range v {
			if _, ok := one.(string); !ok {
				return nil, fmt.Errorf("the configuration file: %s must be a list of texts", name)
			}
		}
		return v, nil
	default:
		return nil, fmt.Errorf("the configuration file: %s must be a text, a list of texts, true or false", name)
	}
}

// read reads the file that --config of `selasar serve` or `selasar doctor` names. The members of the file are
// the names of the command's flags.
func (f *configFile) read(program *kong.Node, args []string) error {
	path := configPath(args)
	if args[0] != "serve" && args[0] != "doctor" || path == "" {
		return nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("--config: %w", err)
	}
	if err := json.Unmarshal(data, &f.values); err != nil {
		if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
			return fmt.Errorf("--config %s: byte %d: %w", path, syntax.Offset, err)
		}
		return fmt.Errorf("--config %s: it must be one JSON object: %w", path, err)
	}
	known := settings(program)
	for name := range f.values {
		if !slices.Contains(known, name) {
			return fmt.Errorf("--config %s: there is no setting %q%s", path, name, spelling.Hint(name, known))
		}
	}
	return nil
}

// settings returns the flags of `selasar serve` that a file may set.
func settings(program *kong.Node) (names []string) {
	for _, command := range program.Children {
		if command.Name != "serve" {
			continue
		}
		for _, flag := range command.Flags {
			if !slices.Contains([]string{"config", "check", "help"}, flag.Name) {
				names = append(names, flag.Name)
			}
		}
	}
	return names
}

// configPath returns the value of --config in the arguments, or of its environment
// variable.
func configPath(args []string) string {
	for i, arg := range args {
		if value, ok := strings.CutPrefix(arg, "--config="); ok {
			return value
		}
		if arg == "--config" && i+1 < len(args) {
			return args[i+1]
		}
	}
	return os.Getenv("SELASAR_CONFIG")
}
