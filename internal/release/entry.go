package main

import (
	"archive/tar"
	"fmt"
	"io"
	"os"
	"time"
)

// entry is a file or a folder of an archive.
type entry struct {
	name string
	mode int64
	user int    // its owner and group
	path string // the file with the content; empty for data, and for a folder
	data []byte
}

func (e entry) folder() bool { return e.name[len(e.name)-1] == '/' }

// content returns the content of a file.
func (e entry) content() ([]byte, error) {
	if e.path == "" {
		return e.data, nil
	}
	return os.ReadFile(e.path)
}

// writeTar writes a tar archive with one date and without names of users, so that the same entries give the same bytes.
func writeTar(to io.Writer, at time.Time, entries []entry) error {
	archive := tar.NewWriter(to)
	for _, e := range entries {
		data, err := e.content()
		if err != nil {
			return err
		}
		header := tar.Header{Name: e.name, Mode: e.mode, Uid: e.user, Gid: e.user, Size: int64(len(data)), ModTime: at, Typeflag: tar.TypeReg, Format: tar.FormatUSTAR}
		if e.folder() {
			header.Typeflag = tar.TypeDir
		}
		if err := archive.WriteHeader(&header); err != nil {
			return fmt.Errorf("writing %s: %w", e.name, err)
		}
		if _, err := archive.Write(data); err != nil {
			return fmt.Errorf("writing %s: %w", e.name, err)
		}
	}
	return archive.Close()
}
