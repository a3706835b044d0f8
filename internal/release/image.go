package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"path/filepath"
)

// This file writes container images without a container engine. An image is an archive of an OCI layout
// (https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md). A file manifest.json beside it lets every
// version of `docker load` read the same archive. The image has the program and nothing else: no shell, no libraries.

const (
	typeIndex    = "application/vnd.oci.image.index.v1+json"
	typeManifest = "application/vnd.oci.image.manifest.v1+json"
	typeConfig   = "application/vnd.oci.image.config.v1+json"
	typeLayer    = "application/vnd.oci.image.layer.v1.tar+gzip"
)

// nobody is the user of the program in the container. It owns /data and needs no rights of root.
const nobody = 65532

// digest is the hash of a blob, with its algorithm.
type digest string

func digestOf(data []byte) digest {
	sum := sha256.Sum256(data)
	return digest("sha256:" + hex.EncodeToString(sum[:]))
}

func (d digest) path() string { return "blobs/sha256/" + string(d)[len("sha256:"):] }

// descriptor refers to a blob.
type descriptor struct {
	MediaType   string            `json:"mediaType"`
	Digest      digest            `json:"digest"`
	Size        int               `json:"size"`
	Platform    *imagePlatform    `json:"platform,omitempty"`
	Annotations map[string]string `json:"annotations,omitempty"`
}

type imagePlatform struct {
	Architecture string `json:"architecture"`
	OS           string `json:"os"`
}

// imageManifest lists the parts of an image.
type imageManifest struct {
	SchemaVersion int               `json:"schemaVersion"`
	MediaType     string            `json:"mediaType"`
	Config        descriptor        `json:"config"`
	Layers        []descriptor      `json:"layers"`
	Annotations   map[string]string `json:"annotations,omitempty"`
}

// imageIndex is the list of images in a layout.
type imageIndex struct {
	SchemaVersion int          `json:"schemaVersion"`
	MediaType     string       `json:"mediaType"`
	Manifests     []descriptor `json:"manifests"`
}

// imageConfig says how a container runs.
type imageConfig struct {
	Created string `json:"created"`
	imagePlatform
	Config struct {
		User         string
		ExposedPorts map[string]struct{}
		Entrypoint   []string
		Cmd          []string
		WorkingDir   string
		Labels       map[string]string
	} `json:"config"`
	RootFS struct {
		Type    string   `json:"type"`
		DiffIDs []digest `json:"diff_ids"`
	} `json:"rootfs"`
	History []imageStep `json:"history"`
}

type imageStep struct {
	Created   string `json:"created"`
	CreatedBy string `json:"created_by"`
}

// writeImages writes an image for each Linux.
func (r release) writeImages() error {
	for _, p := range r.platforms {
		if p.goos != "linux" {
			continue
		}
		entries, err := r.layout(p)
		if err != nil {
			return err
		}
		path := filepath.Join(r.out, r.stem(p)+".oci.tar")
		if err := writeFile(path, func(to io.Writer) error { return writeTar(to, r.time, entries) }); err != nil {
			return err
		}
	}
	return nil
}

// layout returns the files of an image's layout.
func (r release) layout(p platform) ([]entry, error) {
	layer, diffID, err := r.layer(p)
	if err != nil {
		return nil, err
	}
	parts := imageManifest{SchemaVersion: 2, MediaType: typeManifest, Annotations: r.labels()}
	entries := []entry{
		{name: "oci-layout", mode: 0o644, data: []byte(`{"imageLayoutVersion":"1.0.0"}`)},
		{name: "blobs/", mode: 0o755},
		{name: "blobs/sha256/", mode: 0o755},
	}
	blob := func(mediaType string, data []byte) descriptor {
		d := descriptor{MediaType: mediaType, Digest: digestOf(data), Size: len(data)}
		entries = append(entries, entry{name: d.Digest.path(), mode: 0o644, data: data})
		return d
	}
	parts.Layers = []descriptor{blob(typeLayer, layer)}
	parts.Config = blob(typeConfig, encode(r.config(p, diffID)))
	image := blob(typeManifest, encode(parts))
	image.Platform = &imagePlatform{p.goarch, p.goos}
	image.Annotations = map[string]string{"org.opencontainers.image.ref.name": r.version, "io.containerd.image.name": "docker.io/library/selasar:" + r.version}
	index := encode(imageIndex{SchemaVersion: 2, MediaType: typeIndex, Manifests: []descriptor{image}})
	docker := encode([]map[string]any{{"Config": parts.Config.Digest.path(), "RepoTags": []string{"selasar:" + r.version}, "Layers": []string{parts.Layers[0].Digest.path()}}})
	return append(entries, entry{name: "index.json", mode: 0o644, data: index}, entry{name: "manifest.json", mode: 0o644, data: docker}), nil
}

// layer returns the compressed files of the container, and the digest of its files before the compression.
func (r release) layer(p platform) (packed []byte, diffID digest, err error) {
	licences, err := licencesOf(p)
	if err != nil {
		return nil, "", err
	}
	var files, compressed bytes.Buffer
	err = writeTar(&files, r.time, []entry{
		{name: "selasar", mode: 0o755, path: r.built(p)},
		{name: "LICENSE", mode: 0o644, path: "LICENSE"},
		{name: licencesFile, mode: 0o644, data: licences},
		{name: "app/", mode: 0o755, user: nobody},
		{name: "data/", mode: 0o700, user: nobody},
		{name: "tmp/", mode: 0o1777},
	})
	if err != nil {
		return nil, "", err
	}
	writer, err := gzip.NewWriterLevel(&compressed, gzip.BestCompression)
	if err != nil {
		return nil, "", err
	}
	_, err = writer.Write(files.Bytes())
	if err := errors.Join(err, writer.Close()); err != nil {
		return nil, "", err
	}
	return compressed.Bytes(), digestOf(files.Bytes()), nil
}

// config returns the defaults of a container: it runs the mini app in /app and keeps its data in /data.
func (r release) config(p platform, diffID digest) (c imageConfig) {
	c.Created = r.time.Format("2006-01-02T15:04:05Z")
	c.imagePlatform = imagePlatform{p.goarch, p.goos}
	c.Config.User = "65532:65532"
	c.Config.ExposedPorts = map[string]struct{}{"7300/tcp": {}, "7301/tcp": {}}
	c.Config.Entrypoint = []string{"/selasar"}
	c.Config.Cmd = []string{"dev", "/app", "--listen=0.0.0.0:7300", "--app-listen=0.0.0.0:7301", "--data=/data", "--no-open"}
	c.Config.WorkingDir = "/app"
	c.Config.Labels = r.labels()
	c.RootFS.Type, c.RootFS.DiffIDs = "layers", []digest{diffID}
	c.History = []imageStep{{c.Created, "selasar release " + r.version}}
	return c
}

func (r release) labels() map[string]string {
	const name = "org.opencontainers.image."
	return map[string]string{
		name + "title": "Selasar", name + "version": r.version, name + "revision": r.commit, name + "licenses": "Apache-2.0",
		name + "source": "https://github.com/selasar/selasar",
	}
}

func encode(value any) []byte {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err) // structs and maps of texts are always written
	}
	return text
}
