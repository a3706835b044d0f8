package proxy

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// folder serves the files below one folder. A symbolic link is followed only to a file that is served under its own name
// too: it leads neither out of the folder nor to a hidden file.
type folder struct {
	name  string
	root  *os.Root
	files http.Handler
}

func openFolder(name string, hidden []string) (*folder, error) {
	root, err := os.OpenRoot(name)
	if err != nil {
		return nil, fmt.Errorf("opening the mini app's folder: %w", err)
	}
	real, err := filepath.EvalSymlinks(name)
	if err != nil {
		_ = root.Close()
		return nil, fmt.Errorf("opening the mini app's folder: %w", err)
	}
	shown := shownFiles{FS: root.FS(), real: real}
	for _, h := range hidden {
		places := [][2]string{{name, h}}
		if target, err := filepath.EvalSymlinks(h); err == nil {
			places = append(places, [2]string{real, target}) // the folder of the data may be a link
		}
		for _, place := range places {
			if rel, err := within(place[0], place[1]); err == nil {
				shown.hidden = append(shown.hidden, rel)
			}
		}
	}
	return &folder{name: name, root: root, files: http.FileServerFS(shown)}, nil
}

// within returns the slash-separated path of file relative to dir.
func within(dir, file string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	file, err = filepath.Abs(file)
	if err != nil {
		return "", err
	}
	rel, err := filepath.Rel(dir, file)
	if err != nil || !filepath.IsLocal(rel) || rel == "." {
		return "", errors.New("not below the folder")
	}
	return filepath.ToSlash(rel), nil
}

func (f *folder) close() { _ = f.root.Close() }

func (f *folder) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "a plain folder answers only GET and HEAD; for a mini app with a backend, set dev.command in miniapp.json", http.StatusMethodNotAllowed)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	if (r.URL.Path == "/" || r.URL.Path == "") && asksForPage(r) {
		if _, err := f.root.Stat("index.html"); errors.Is(err, fs.ErrNotExist) {
			in := textOf(r)
			showPage(w, r, http.StatusNotFound, page{what: fmt.Sprintf(in.noIndex, f.name), next: in.writeIndex})
			return
		}
	}
	f.files.ServeHTTP(w, r)
}

// shownFiles is a file system without dot files (.selasar, .git, .env), hidden files and directory listings.
type shownFiles struct {
	fs.FS
	real   string // the folder's own path, without links
	hidden []string
}

func (s shownFiles) Open(name string) (fs.File, error) {
	if s.isHidden(name) || s.leadsAway(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	file, err := s.FS.Open(name)
	if err != nil {
		return nil, notThere(name, err)
	}
	info, err := file.Stat()
	if err == nil && info.IsDir() {
		_, err = fs.Stat(s.FS, path.Join(name, "index.html"))
	} else if err == nil && !info.Mode().IsRegular() {
		err = fs.ErrNotExist
	}
	if err != nil {
		_ = file.Close()
		return nil, notThere(name, err)
	}
	return file, nil
}

// leadsAway reports whether a link in a name leads out of the folder or to a hidden file.
func (s shownFiles) leadsAway(name string) bool {
	target, err := filepath.EvalSymlinks(filepath.Join(s.real, filepath.FromSlash(name)))
	if err != nil {
		return !errors.Is(err, fs.ErrPermission) // nothing is there, or its links end nowhere
	}
	rel, err := filepath.Rel(s.real, target)
	return err != nil || !filepath.IsLocal(rel) || s.isHidden(filepath.ToSlash(rel))
}

// notThere returns "does not exist" for every error but a refused permission, also for a link that leads outside the
// folder.
func notThere(name string, err error) error {
	if errors.Is(err, fs.ErrPermission) {
		return err
	}
	return &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

func (s shownFiles) isHidden(name string) bool {
	if slices.ContainsFunc(strings.Split(name, "/"), func(part string) bool {
		return strings.HasPrefix(part, ".") && part != "." && part != ".well-known"
	}) {
		return true
	}
	return slices.ContainsFunc(s.hidden, func(h string) bool {
		// Some file systems ignore case.
		return strings.HasPrefix(strings.ToLower(name)+"/", strings.ToLower(h)+"/")
	})
}
