package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"os"
	"path/filepath"
)

// measureSize measures the size of the program and of the minified bundles, which
// count as compressed by gzip -9.
func measureSize(_ context.Context, b *bench) (rows []row, err error) {
	for _, program := range []struct {
		what, file    string
		atLeast, goal float64 // MiB
	}{{"binary, go build", "selasar", 0, 0}, {"binary, -ldflags '-s -w'", "selasar-stripped", 24, 22}} {
		ours, err := os.Stat(filepath.Join(b.programs, program.file))
		if err != nil {
			return nil, err
		}
		floor, err := os.Stat(filepath.Join(b.programs, "empty"))
		if err != nil {
			return nil, err
		}
		size, least := float64(ours.Size()), float64(floor.Size())
		rows = append(rows, row{what: program.what, ours: mebibytes(size), floor: mebibytes(least), ratio: times(size / least),
			atLeast: need(program.atLeast, "%.0f MiB"), goal: need(program.goal, "%.0f MiB"), holds: reaches(size/(1<<20), program.atLeast)})
	}
	for _, one := range []struct {
		what          string
		files         []string
		atLeast, goal float64 // KB of 1000 bytes
	}{
		{"SDK of the mini app, all transports", []string{"sdk/miniapp-client/dist/miniapp-client.js"}, 3.5, 0},
		{"script of gpContainer", []string{"sdk/gp-container/dist/gp-container.min.js"}, 6, 4.5},
		{"SDK of the mini app, its dummy, loaded when used", []string{"sdk/miniapp-client/dist/miniapp-client.dummy.js"}, 0, 0},
		{"SDK of the host", []string{"sdk/miniapp-host/dist/miniapp-host.js"}, 0, 0},
		{"simulator's page", []string{"simulator/index.html", "simulator/early.js", "simulator/app.js", "simulator/app.css"}, 0, 0},
	} {
		size, err := zipped(one.files)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row{what: one.what + ", gzip", ours: fmt.Sprintf("%.2f KB", size),
			atLeast: need(one.atLeast, "%.1f KB"), goal: need(one.goal, "%.1f KB"), holds: reaches(size, one.atLeast)})
	}
	return rows, nil
}

// zipped returns the size of the compressed files in KB.
func zipped(files []string) (kilobytes float64, err error) {
	for _, file := range files {
		data, err := os.ReadFile(filepath.Join("internal/webui", file))
		if err != nil {
			return 0, err
		}
		var out bytes.Buffer
		w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
		if err != nil {
			return 0, err
		}
		if _, err := w.Write(data); err != nil {
			return 0, err
		}
		if err := w.Close(); err != nil {
			return 0, err
		}
		kilobytes += float64(out.Len()) / 1000
	}
	return kilobytes, nil
}
