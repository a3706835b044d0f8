package main

import (
	"cmp"
	"debug/buildinfo"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"strings"

	"github.com/google/uuid"
)

// bill is a bill of materials in the form of CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/).
type bill struct {
	Schema       string       `json:"$schema"`
	Format       string       `json:"bomFormat"`
	SpecVersion  string       `json:"specVersion"`
	Serial       string       `json:"serialNumber"`
	Version      int          `json:"version"`
	Metadata     metadata     `json:"metadata"`
	Components   []component  `json:"components"`
	Dependencies []dependency `json:"dependencies"`
}

type metadata struct {
	Timestamp string    `json:"timestamp"`
	Component component `json:"component"`
}

type component struct {
	Type       string     `json:"type"`
	Ref        string     `json:"bom-ref"`
	Name       string     `json:"name"`
	Version    string     `json:"version"`
	Hashes     []hash     `json:"hashes,omitempty"`
	Licences   []licence  `json:"licenses,omitempty"`
	PURL       string     `json:"purl"`
	Properties []property `json:"properties,omitempty"`
}

type hash struct {
	Algorithm string `json:"alg"`
	Content   string `json:"content"`
}

type licence struct {
	License struct {
		ID string `json:"id"`
	} `json:"license"`
}

type property struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type dependency struct {
	Ref       string   `json:"ref"`
	DependsOn []string `json:"dependsOn,omitempty"`
}

// writeBills writes a bill of materials for each platform's program. Go records its modules in the program.
func (r release) writeBills() error {
	for _, p := range r.platforms {
		b, err := r.bill(p)
		if err != nil {
			return err
		}
		text, err := json.MarshalIndent(b, "", "  ")
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(r.out, r.stem(p)+".cdx.json"), append(text, '\n'), 0o644); err != nil {
			return err
		}
	}
	return nil
}

func (r release) bill(p platform) (b bill, err error) {
	info, err := buildinfo.ReadFile(r.built(p))
	if err != nil {
		return b, err
	}
	if len(info.Deps) == 0 {
		return b, errors.New("the program names no modules")
	}
	sum, err := sha256Of(r.built(p))
	if err != nil {
		return b, err
	}
	program := component{
		Type: "application", Name: "selasar", Version: r.version, PURL: "pkg:golang/" + info.Main.Path + "@v" + r.version,
		Hashes: []hash{{"SHA-256", sum}}, Licences: licences("Apache-2.0"),
		Properties: []property{{"selasar:platform", p.name}, {"selasar:commit", r.commit}},
	}
	program.Ref = program.PURL
	parts := []component{golang("stdlib", strings.TrimPrefix(info.GoVersion, "go"))}
	for _, m := range info.Deps {
		m = cmp.Or(m.Replace, m)
		parts = append(parts, golangModule(m))
	}
	page, err := pageParts()
	if err != nil {
		return b, err
	}
	parts = append(parts, page...)
	graph := dependency{Ref: program.Ref}
	for _, one := range parts {
		graph.DependsOn = append(graph.DependsOn, one.Ref)
	}
	return bill{
		Schema: "http://cyclonedx.org/schema/bom-1.6.schema.json", Format: "CycloneDX", SpecVersion: "1.6", Version: 1,
		Serial:   "urn:uuid:" + uuid.NewSHA1(uuid.NameSpaceURL, []byte(program.PURL+"#"+p.name+"@"+sum)).String(),
		Metadata: metadata{Timestamp: r.time.Format("2006-01-02T15:04:05Z"), Component: program}, Components: parts, Dependencies: []dependency{graph},
	}, nil
}

func golang(name, version string) component {
	purl := "pkg:golang/" + name + "@" + version
	return component{Type: "library", Ref: purl, Name: name, Version: version, PURL: purl}
}

// golangModule returns a module with the checksum of go.sum.
func golangModule(m *debug.Module) component {
	c := golang(m.Path, m.Version)
	c.Properties = []property{{"selasar:go.sum", m.Sum}}
	return c
}

// pageLibrary is the first line of a library's licence in the notices of the page.
var pageLibrary = regexp.MustCompile(`(?m)^(@?[a-z0-9][a-z0-9._/-]*) ([0-9]+\.[^ ]+) \(([A-Za-z0-9.-]+)\)$`)

// pageParts returns the npm packages in the simulator's page.
func pageParts() (parts []component, err error) {
	notices, err := os.ReadFile(pageNotices)
	if err != nil {
		return nil, err
	}
	for _, m := range pageLibrary.FindAllStringSubmatch(string(notices), -1) {
		purl := "pkg:npm/" + strings.Replace(m[1], "@", "%40", 1) + "@" + m[2]
		parts = append(parts, component{Type: "library", Ref: purl, Name: m[1], Version: m[2], PURL: purl, Licences: licences(m[3])})
	}
	if len(parts) == 0 {
		return nil, fmt.Errorf("%s names no library", pageNotices)
	}
	return parts, nil
}

func licences(id string) []licence {
	one := licence{}
	one.License.ID = id
	return []licence{one}
}
