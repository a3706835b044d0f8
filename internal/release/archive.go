package main

import (
	"archive/zip"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
)

// writeArchives writes the archive of each platform: the program, the licences, the README and the changes.
func (r release) writeArchives() error {
	for _, p := range r.platforms {
		licences, err := licencesOf(p)
		if err != nil {
			return err
		}
		folder := r.stem(p) + "/"
		entries := []entry{
			{name: folder, mode: 0o755},
			{name: folder + p.program(), mode: 0o755, path: r.built(p)},
			{name: folder + "LICENSE", mode: 0o644, path: "LICENSE"},
			{name: folder + licencesFile, mode: 0o644, data: licences},
			{name: folder + "CHANGELOG.md", mode: 0o644, path: "CHANGELOG.md"},
		}
		write, ending := r.writeTarGz, ".tar.gz"
		if p.goos == "windows" {
			write, ending = r.writeZip, ".zip"
		}
		err = writeFile(filepath.Join(r.out, r.stem(p)+ending), func(to io.Writer) error { return write(to, entries) })
		if err != nil {
			return err
		}
	}
	return nil
}

func (r release) writeTarGz(to io.Writer, entries []entry) error {
	packed, err := gzip.NewWriterLevel(to, gzip.BestCompression)
	if err != nil {
		return err
	}
	if err := writeTar(packed, r.time, entries); err != nil {
		return err
	}
	return packed.Close()
}

func (r release) writeZip(to io.Writer, entries []entry) error {
	archive := zip.NewWriter(to)
	for _, e := range entries {
		header := zip.FileHeader{Name: e.name, Method: zip.Deflate, Modified: r.time}
		if e.folder() {
			header.Method = zip.Store
		}
		data, err := e.content()
		if err != nil {
			return err
		}
		file, err := archive.CreateHeader(&header)
		if err != nil {
			return err
		}
		if _, err := file.Write(data); err != nil {
			return err
		}
	}
	return archive.Close()
}

// writeFile writes a file with a function.
func writeFile(path string, write func(io.Writer) error) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := write(file); err != nil {
		_ = file.Close()
		return err
	}
	return file.Close()
}
