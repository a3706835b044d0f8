package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// empty is the source of a small program.
const empty = "./internal/release/testdata/empty"

var at = time.Date(2026, 11, 30, 10, 0, 0, 0, time.UTC)

// made returns a release in a temporary folder whose programs are small ones. Its paths are those of the repository's root.
func made(t *testing.T, names ...string) release {
	t.Helper()
	t.Chdir("../..")
	r := release{version: "0.1.0", commit: "c0ffee", time: at, out: t.TempDir()}
	for _, name := range names {
		p, err := platformOf(name)
		check(t, err)
		r.platforms = append(r.platforms, p)
		check(t, os.MkdirAll(filepath.Dir(r.built(p)), 0o755))
		check(t, compile(p, r.built(p), empty, ""))
	}
	return r
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestInspect_accepts_a_program_of_the_platform_and_refuses_others(t *testing.T) {
	r := made(t, "linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64", "win32-x64")
	for _, of := range r.platforms {
		for _, p := range platforms {
			if err := inspect(p, r.built(of)); (err == nil) != (p == of) {
				t.Errorf("inspect of a program for %s as one for %s: %v", of.name, p.name, err)
			}
		}
	}
}

func TestInspect_refuses_a_program_that_needs_a_loader(t *testing.T) {
	here, err := platformOf("linux-x64")
	check(t, err)
	shell, err := exec.LookPath("sh")
	if err != nil || inspectMachine() != here.goarch {
		t.Skip("this machine has no program for linux-x64 to look at")
	}
	if err := inspect(here, shell); err == nil || !strings.Contains(err.Error(), "not static") {
		t.Errorf("inspect(%s) = %v", shell, err)
	}
}

func TestCompile_writes_the_same_bytes_in_another_folder(t *testing.T) {
	r := made(t, "linux-x64")
	p, root := r.platforms[0], t.TempDir()
	check(t, os.CopyFS(filepath.Join(root, empty), os.DirFS(empty)))
	check(t, copyFile("go.mod", filepath.Join(root, "go.mod")))
	t.Chdir(root)
	check(t, compile(p, "again", empty, ""))
	one, err := sha256Of(r.built(p))
	check(t, err)
	two, err := sha256Of("again")
	check(t, err)
	if one != two {
		t.Errorf("the programs differ: %s and %s", one, two)
	}
}

func TestArchives_have_the_program_and_every_licence(t *testing.T) {
	r := made(t, "linux-arm64", "win32-x64")
	check(t, r.writeArchives())
	want := func(p platform) []string {
		return []string{r.stem(p) + "/", r.stem(p) + "/" + p.program(), r.stem(p) + "/LICENSE", r.stem(p) + "/THIRD_PARTY_LICENSES", r.stem(p) + "/CHANGELOG.md"}
	}
	data, err := os.ReadFile(filepath.Join(r.out, r.stem(r.platforms[0])+".tar.gz"))
	check(t, err)
	files := untar(t, unzip(t, data))
	if diff := cmp.Diff(want(r.platforms[0]), files.names); diff != "" {
		t.Error(diff)
	}
	licences := string(files.content[r.stem(r.platforms[0])+"/THIRD_PARTY_LICENSES"])
	for _, part := range []string{"Go's standard library", "modernc.org/sqlite v", "github.com/coder/websocket v", "preact ", "Permission is hereby granted"} {
		if !strings.Contains(licences, part) {
			t.Errorf("the licences lack %q", part)
		}
	}
	archive, err := zip.OpenReader(filepath.Join(r.out, r.stem(r.platforms[1])+".zip"))
	check(t, err)
	defer func() { _ = archive.Close() }()
	var names []string
	for _, f := range archive.File {
		names = append(names, f.Name)
	}
	if diff := cmp.Diff(want(r.platforms[1]), names); diff != "" {
		t.Error(diff)
	}
}

func TestImage_is_a_layout_whose_digests_hold_and_whose_program_runs_in_an_empty_root(t *testing.T) {
	r := made(t, "linux-"+map[string]string{"amd64": "x64", "arm64": "arm64"}[inspectMachine()])
	check(t, r.writeImages())
	data, err := os.ReadFile(filepath.Join(r.out, r.stem(r.platforms[0])+".oci.tar"))
	check(t, err)
	files := untar(t, data)
	var index imageIndex
	check(t, json.Unmarshal(files.content["index.json"], &index))
	var manifest imageManifest
	check(t, json.Unmarshal(blob(t, files, index.Manifests[0]), &manifest))
	var config imageConfig
	check(t, json.Unmarshal(blob(t, files, manifest.Config), &config))
	layer := unzip(t, blob(t, files, manifest.Layers[0]))
	if got := config.RootFS.DiffIDs[0]; got != digestOf(layer) || config.Architecture != r.platforms[0].goarch {
		t.Errorf("the configuration is for %s with the layer %s", config.Architecture, got)
	}
	var docker []struct {
		Config string
		Layers []string
	}
	check(t, json.Unmarshal(files.content["manifest.json"], &docker))
	if docker[0].Config != manifest.Config.Digest.path() || docker[0].Layers[0] != manifest.Layers[0].Digest.path() {
		t.Errorf("docker load would read %+v", docker)
	}
	container := untar(t, layer)
	if diff := cmp.Diff([]string{"selasar", "LICENSE", "THIRD_PARTY_LICENSES", "app/", "data/", "tmp/"}, container.names); diff != "" {
		t.Error(diff)
	}
	root := t.TempDir()
	check(t, os.WriteFile(filepath.Join(root, config.Config.Entrypoint[0]), container.content["selasar"], 0o755))
	runAlone(t, root, config.Config.Entrypoint[0])
}

// blob returns a blob, and fails the test if it is not what its descriptor says.
func blob(t *testing.T, files archived, d descriptor) []byte {
	t.Helper()
	data := files.content[d.Digest.path()]
	if digestOf(data) != d.Digest || len(data) != d.Size {
		t.Fatalf("the blob of %s is %s with %d bytes, not %d", d.Digest, digestOf(data), len(data), d.Size)
	}
	return data
}

func TestSums_name_every_file(t *testing.T) {
	r := release{out: t.TempDir()}
	check(t, os.Mkdir(filepath.Join(r.out, "npm"), 0o755))
	check(t, os.WriteFile(filepath.Join(r.out, "npm", "b"), []byte("b"), 0o600))
	check(t, os.WriteFile(filepath.Join(r.out, "a"), []byte("a"), 0o600))
	check(t, r.writeSums())
	got, err := os.ReadFile(filepath.Join(r.out, sumsFile))
	check(t, err)
	want := "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb  a\n" +
		"3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d  npm/b\n"
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
}

// archived is the content of a tar archive.
type archived struct {
	names   []string
	content map[string][]byte
}

func untar(t *testing.T, data []byte) archived {
	t.Helper()
	files := archived{content: map[string][]byte{}}
	for reader := tar.NewReader(bytes.NewReader(data)); ; {
		header, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return files
		}
		check(t, err)
		if !header.ModTime.Equal(at) || header.Uname != "" {
			t.Errorf("%s has the time %s and the owner %q", header.Name, header.ModTime, header.Uname)
		}
		files.names = append(files.names, header.Name)
		files.content[header.Name], err = io.ReadAll(reader)
		check(t, err)
	}
}

func unzip(t *testing.T, data []byte) []byte {
	t.Helper()
	reader, err := gzip.NewReader(bytes.NewReader(data))
	check(t, err)
	plain, err := io.ReadAll(reader)
	check(t, err)
	return plain
}
