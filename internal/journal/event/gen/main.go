// Command gen writes what follows from the declared events: the list of events
// in docs, and their types in TypeScript for the simulator's page. Run it with
// `go generate ./internal/journal/event`.
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	root := filepath.Join("..", "..", "..")
	for path, text := range map[string]string{
		"docs/events.md": reference(),
		"web/simulator/src/journal/events.gen.ts": typescript(),
	} {
		if err := os.WriteFile(filepath.Join(root, filepath.FromSlash(path)), []byte(text), 0o644); err != nil {
			fmt.Fprintln(os.Stderr, "gen:", err)
			os.Exit(1)
		}
	}
}
