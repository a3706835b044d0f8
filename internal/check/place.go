package check

import (
	"context"
	"encoding/base64"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/selasar/selasar/internal/check/sourcemap"
)

// stackFrame is a line of V8's stack: "at pay (http://127.0.0.1:7301/app.js:12:5)".
type stackFrame struct {
	function  string
	url       string
	line, col int
}

var stackLine = regexp.MustCompile(`^\s*at (?:async )?(?:(.*?) \()?(https?://[^\s()]+?):(\d+):(\d+)\)?$`)

func parseStack(stack string) (frames []stackFrame) {
	for line := range strings.Lines(stack) {
		found := stackLine.FindStringSubmatch(strings.TrimRight(line, "\r\n"))
		if found == nil {
			continue
		}
		number, _ := strconv.Atoi(found[3]) // digits
		col, _ := strconv.Atoi(found[4])
		name := found[1][strings.LastIndexByte(found[1], '.')+1:]
		frames = append(frames, stackFrame{name, found[2], number, col})
	}
	return frames
}

// places finds places in the mini app's code. It reads the source maps of its scripts.
type places struct {
	origin string // of the mini app
	folder string // of the mini app; empty when it is at a URL
	maps   map[string]*sourcemap.Map
}

// ofCall returns the place of a call: the first line of the stack that is neither
// Selasar's nor of an installed package.
func (p *places) ofCall(ctx context.Context, stack, method string) Place {
	frames := parseStack(stack)
	// A bundled MiniAppSDK stands in the mini app's own script. Its method has the name
	// of the call.
	_, name, _ := strings.Cut("."+method, ".")
	if at := slices.IndexFunc(frames, func(f stackFrame) bool { return f.function == name && !strings.Contains(method, ".") }); at >= 0 && at+1 < len(frames) {
		frames = frames[at+1:]
	}
	return p.first(ctx, frames)
}

// first returns the first place in the mini app's own code.
func (p *places) first(ctx context.Context, frames []stackFrame) Place {
	for _, f := range frames {
		path, ours := strings.CutPrefix(f.url, p.origin)
		if !ours || strings.HasPrefix(path, "/.selasar/") {
			continue
		}
		place := p.mapped(ctx, f, path)
		if !strings.Contains(place.File, "node_modules/") {
			return place
		}
	}
	return Place{}
}

// mapped returns the place of a frame, in the source of a script that has a source map.
func (p *places) mapped(ctx context.Context, f stackFrame, path string) Place {
	path, _, _ = strings.Cut(path, "?")
	if m := p.mapOf(ctx, f.url); m != nil {
		if name, line, col, ok := m.Source(f.line, f.col); ok {
			return Place{p.readable(sourcemap.Readable(name, path)), line, col}
		}
	}
	return Place{p.file(path), f.line, f.col}
}

// file returns the file of a path. A page without a name is index.html, where the folder
// has one.
func (p *places) file(path string) string {
	name := strings.TrimPrefix(path, "/")
	if p.folder != "" && (name == "" || strings.HasSuffix(name, "/")) {
		index := name + "index.html"
		if _, err := os.Stat(filepath.Join(p.folder, filepath.FromSlash(index))); err == nil {
			return index
		}
	}
	if name == "" {
		return "/"
	}
	return name
}

// readable makes an absolute path relative to the mini app's folder.
func (p *places) readable(name string) string {
	folder, err := filepath.Abs(p.folder)
	if p.folder == "" || err != nil {
		return name
	}
	return strings.TrimPrefix(name, strings.TrimPrefix(filepath.ToSlash(folder), "/")+"/")
}

// maxScript is the size of the largest script or source map that is read.
const maxScript = 32 << 20

// mapOf returns the source map of a script, or nil. A map that cannot be read counts as
// none: the place in the script is right, too.
func (p *places) mapOf(ctx context.Context, script string) *sourcemap.Map {
	if m, known := p.maps[script]; known {
		return m
	}
	p.maps[script] = nil
	content, kind, ok := fetch(ctx, script)
	if !ok || strings.Contains(kind, "html") {
		return nil
	}
	reference := sourcemap.Reference(content)
	if reference == "" {
		return nil
	}
	data, ok := p.mapData(ctx, script, reference)
	if !ok {
		return nil
	}
	if m, err := sourcemap.Parse(data); err == nil {
		p.maps[script] = m
	}
	return p.maps[script]
}

func (p *places) mapData(ctx context.Context, script, reference string) ([]byte, bool) {
	if rest, inline := strings.CutPrefix(reference, "data:"); inline {
		_, encoded, _ := strings.Cut(rest, "base64,")
		data, err := base64.StdEncoding.DecodeString(encoded)
		return data, err == nil
	}
	base, err := url.Parse(script)
	if err != nil {
		return nil, false
	}
	at, err := base.Parse(reference)
	if err != nil || !strings.HasPrefix(at.String(), p.origin+"/") { // another server is asked nothing
		return nil, false
	}
	content, _, ok := fetch(ctx, at.String())
	return []byte(content), ok
}

func fetch(ctx context.Context, from string) (content, kind string, ok bool) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, from, nil)
	if err != nil {
		return "", "", false
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", "", false
	}
	defer func() { _ = answer.Body.Close() }()
	data, err := io.ReadAll(io.LimitReader(answer.Body, maxScript))
	return string(data), answer.Header.Get("Content-Type"), err == nil && answer.StatusCode == http.StatusOK
}
