package webui

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"net/http"
	"strings"
	"time"
)

// serveArchive serves a package as an npm archive, with all files below
// package/. Equal files give equal bytes.
func serveArchive(w http.ResponseWriter, r *http.Request, dir fs.FS, name string) {
	if !fs.ValidPath(name) {
		http.Error(w, "there is no package with this name", http.StatusNotFound)
		return
	}
	pkg, err := fs.Sub(dir, name)
	if err == nil {
		_, err = fs.Stat(pkg, "package.json")
	}
	if err != nil {
		http.Error(w, "there is no package "+name, http.StatusNotFound)
		return
	}
	data, err := pack(pkg, nil)
	if err != nil {
		http.Error(w, "the package cannot be packed", http.StatusInternalServerError)
		return
	}
	serveTagged(w, r, name+".tgz", "application/gzip", data)
}

// npmTime is the modification time that npm sets for every file of a package.
var npmTime = time.Date(1985, 10, 26, 8, 15, 0, 0, time.UTC)

// pack writes the archive of a package. manifest replaces its package.json, unless it is nil.
func pack(pkg fs.FS, manifest []byte) ([]byte, error) {
	var buf bytes.Buffer
	zip := gzip.NewWriter(&buf)
	out := tar.NewWriter(zip)
	err := fs.WalkDir(pkg, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(pkg, name)
		if err != nil {
			return err
		}
		if name == "package.json" && manifest != nil {
			data = manifest
		}
		header := &tar.Header{Name: "package/" + name, Mode: 0o644, Size: int64(len(data)), ModTime: npmTime, Format: tar.FormatUSTAR}
		if err := out.WriteHeader(header); err != nil {
			return err
		}
		_, err = out.Write(data)
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := out.Close(); err != nil {
		return nil, err
	}
	err = zip.Close()
	return buf.Bytes(), err
}

// serveTagged serves data with an ETag.
func serveTagged(w http.ResponseWriter, r *http.Request, name, contentType string, data []byte) {
	sum := sha256.Sum256(data)
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("ETag", `"`+hex.EncodeToString(sum[:12])+`"`)
	switch {
	case strings.HasPrefix(name, "stable/"):
		h.Set("Cache-Control", "no-cache")
	case r.URL.Query().Get("v") == "":
		h.Set("Cache-Control", "public, max-age=0, must-revalidate")
	default:
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
}
