package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// completing is the first argument by which a shell's script asks for completions.
const completing = "__complete"

type completionCommand struct {
	Shell string `arg:"" enum:"bash,zsh,fish" help:"bash, zsh or fish."`
}

// completionScripts have the words of the command line up to the cursor as arguments of
// selasar __complete. Without a completion, the shell completes files.
var completionScripts = map[string]string{
	"bash": `# selasar completion bash: add to ~/.bashrc:  source <(selasar completion bash)
_selasar() {
  local IFS=$'\n'
  COMPREPLY=($(compgen -W "$(selasar __complete "${COMP_WORDS[@]:1:COMP_CWORD}")" -- "${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _selasar selasar
`,
	"zsh": `#compdef selasar
# selasar completion zsh: add to ~/.zshrc:  source <(selasar completion zsh)
_selasar() {
  local -a found
  found=("${(@f)$(selasar __complete "${(@)words[2,CURRENT]}")}")
  if [[ -n $found ]]; then compadd -a found; else _files; fi
}
compdef _selasar selasar
`,
	"fish": `# selasar completion fish: save as ~/.config/fish/completions/selasar.fish
complete -c selasar -a '(selasar __complete (commandline -opc)[2..-1] (commandline -ct))'
`,
}

// Run prints the script of a shell.
func (c *completionCommand) Run(s streams) error {
	_, err := io.WriteString(s.out, completionScripts[c.Shell])
	return err
}

// completions returns what may stand in the place of the last word: the commands and flags
// that begin with it, or the values of a flag.
func completions(program *kong.Node, words []string) (found []string) {
	if len(words) == 0 {
		words = []string{""}
	}
	node, flag := program, (*kong.Flag)(nil)
	for _, word := range words[:len(words)-1] {
		if flag != nil { // the word is its value
			flag = nil
			continue
		}
		if next := childOf(node, word); next != nil {
			node = next
		} else if one := flagOf(node, word); one != nil && !one.IsBool() {
			flag = one
		}
	}
	last := words[len(words)-1]
	for _, one := range candidates(node, flag, last) {
		if one != "" && strings.HasPrefix(one, last) {
			found = append(found, one)
		}
	}
	return found
}

func candidates(node *kong.Node, flag *kong.Flag, last string) (all []string) {
	switch {
	case flag != nil && flag.Enum != "":
		return flag.EnumSlice()
	case flag != nil:
		return nil
	case strings.HasPrefix(last, "-"):
		for _, one := range node.AllFlags(true) {
			for _, f := range one {
				all = append(all, "--"+f.Name)
			}
		}
		return all
	}
	for _, p := range node.Positional {
		if p.Enum != "" {
			return p.EnumSlice()
		}
	}
	return names(node)
}

// names returns the names of a node's commands.
func names(node *kong.Node) (all []string) {
	for _, child := range node.Children {
		if child.Type == kong.CommandNode && !child.Hidden {
			all = append(all, child.Name)
		}
	}
	return all
}

func childOf(node *kong.Node, name string) *kong.Node {
	i := slices.IndexFunc(node.Children, func(child *kong.Node) bool { return child.Name == name })
	if i < 0 {
		return nil
	}
	return node.Children[i]
}

func flagOf(node *kong.Node, word string) *kong.Flag {
	for _, group := range node.AllFlags(false) {
		for _, flag := range group {
			if "--"+flag.Name == word {
				return flag
			}
		}
	}
	return nil
}

func printLines(w io.Writer, lines []string) int {
	for _, line := range lines {
		if _, err := fmt.Fprintln(w, line); err != nil {
			return 1
		}
	}
	return 0
}
