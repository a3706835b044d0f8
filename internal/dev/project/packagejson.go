package project

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxPackage is the largest package.json that is read, in bytes.
const maxPackage = 1 << 20

// pkg is the package.json of a folder. All members are empty in a folder without that file.
type pkg struct {
	dir string

	Name            string
	PackageManager  string
	Scripts         map[string]string
	Dependencies    map[string]string
	DevDependencies map[string]string
	Workspaces      json.RawMessage
}

// readPackage reads the package.json of a folder, if there is one.
func readPackage(dir string) (p pkg, err error) {
	p.dir = dir
	path := filepath.Join(dir, "package.json")
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return p, nil
	case err == nil && !info.Mode().IsRegular():
		return p, fmt.Errorf("%s is not a file", path)
	case err == nil && info.Size() > maxPackage:
		return p, fmt.Errorf("%s is larger than %d KiB", path, maxPackage>>10)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return p, fmt.Errorf("reading the project: %w", err)
	}
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	if err := json.Unmarshal(text, &p); err != nil {
		return p, fmt.Errorf("%s cannot be read: %s; correct the file and run selasar init again", path, explain(text, err))
	}
	return p, nil
}

// explain returns the line and the reason of an error in JSON.
func explain(text []byte, err error) string {
	line := func(offset int64) int { return 1 + bytes.Count(text[:min(offset, int64(len(text)))], []byte("\n")) }
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		return fmt.Sprintf("line %d: %v", line(syntax.Offset), syntax)
	}
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		if wrong.Field == "" {
			return "it is not a JSON object"
		}
		return fmt.Sprintf("line %d: %q has the wrong type, %s", line(wrong.Offset), wrong.Field, wrong.Value)
	}
	return err.Error()
}

// depends reports whether the project depends on a package.
func (p pkg) depends(name string) bool {
	_, one := p.Dependencies[name]
	_, two := p.DevDependencies[name]
	return one || two
}

// has reports whether the folder has a file that matches a pattern.
func (p pkg) has(pattern string) bool {
	found, err := filepath.Glob(filepath.Join(escapeGlob(p.dir), pattern))
	return err == nil && len(found) > 0
}

// escapeGlob returns a path as a pattern that matches only this path.
func escapeGlob(path string) string {
	if filepath.Separator == '\\' {
		return path // a pattern on Windows has no escapes
	}
	return strings.NewReplacer("[", `\[`, "*", `\*`, "?", `\?`, `\`, `\\`).Replace(path)
}

var outsideID = regexp.MustCompile(`[^a-z0-9._-]+`)

// names returns the id and the name of the mini app: from the package's name, or else the folder's.
func (p pkg) names() (id, name string) {
	own := p.Name[strings.LastIndex(p.Name, "/")+1:]
	if own == "" {
		if path, err := filepath.Abs(p.dir); err == nil {
			own = filepath.Base(path)
		}
	}
	id = strings.Trim(outsideID.ReplaceAllString(strings.ToLower(own), "-"), "._-")
	if id = id[:min(len(id), 64)]; id == "" {
		id = "miniapp"
	}
	words := strings.Join(strings.FieldsFunc(own, func(r rune) bool { return strings.ContainsRune("-_. ", r) || unicode.IsControl(r) }), " ")
	runes := []rune(words)
	if len(runes) == 0 || !utf8.ValidString(words) {
		return id, id
	}
	runes[0] = unicode.ToUpper(runes[0])
	return id, string(runes[:min(len(runes), 60)])
}

// missingRegistry returns the line that .npmrc needs for GoPay's SDK, if the project uses the SDK and has no such line.
func (p pkg) missingRegistry() string {
	const line = "@gopay:registry=http://127.0.0.1:7300/npm/"
	if !p.depends("@gopay/miniapp-client") || p.Dependencies["@gopay/miniapp-client"] != "" && strings.HasPrefix(p.Dependencies["@gopay/miniapp-client"], "file:") {
		return ""
	}
	text, err := os.ReadFile(filepath.Join(p.dir, ".npmrc"))
	if err == nil && strings.Contains(string(text), "@gopay:registry") {
		return ""
	}
	return line
}
