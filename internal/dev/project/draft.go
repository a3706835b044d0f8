package project

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/selasar/selasar/internal/credential"
	"github.com/selasar/selasar/internal/manifest"
	"github.com/selasar/selasar/internal/miniapp"
)

// draft is the manifest of a project, in the order of its keys.
type draft struct {
	ID         string             `json:"id"`
	Name       string             `json:"name"`
	Generation miniapp.Generation `json:"generation"`
	Entry      string             `json:"entry,omitempty"`
	Dev        *draftDev          `json:"dev,omitempty"`
	Consents   []draftConsent     `json:"consents,omitempty"`
	Deeplinks  []string           `json:"deeplinks,omitempty"`
	Drafts     bool               `json:"drafts,omitempty"`
}

type draftDev struct {
	Command string `json:"command"`
	URL     string `json:"url,omitempty"`
}

type draftConsent struct {
	Name   string `json:"name"`
	Reason string `json:"reason"`
}

// Manifest returns the text of miniapp.json for the project. Every reason is for the developer to write: users see it.
func (p Project) Manifest() ([]byte, error) {
	d := draft{ID: p.ID, Name: p.Name, Generation: p.Use.Generation, Drafts: p.Use.Drafts != nil}
	if p.Entry != "/" {
		d.Entry = p.Entry
	}
	if p.Command != "" {
		d.Dev = &draftDev{p.Command, p.URL}
	}
	for _, c := range p.Use.Consents {
		d.Consents = append(d.Consents, draftConsent{Name: c.Name})
	}
	for _, link := range p.Use.Deeplinks {
		d.Deeplinks = append(d.Deeplinks, link.Name)
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(d); err != nil {
		return nil, err
	}
	if _, err := manifest.Parse(text.Bytes()); err != nil {
		return nil, err
	}
	return text.Bytes(), nil
}

// Lacks returns what an existing manifest does not have, but the sources need, as sentences.
func (p Project) Lacks(m manifest.Manifest) (sentences []string) {
	for _, c := range p.Use.Consents {
		if !slices.ContainsFunc(m.Consents, func(has miniapp.Consent) bool { return has.Name == c.Name }) {
			sentences = append(sentences, fmt.Sprintf(`add {"name": %q} to consents: %s %s`, c.Name, c.Place, c.What))
		}
	}
	for _, link := range p.Use.Deeplinks {
		if !miniapp.Allowed(m.Deeplinks, link.Name) {
			sentences = append(sentences, fmt.Sprintf("add %q to deeplinks: %s names it", link.Name, link.Place))
		}
	}
	if p.Use.Drafts != nil && !m.Drafts {
		sentences = append(sentences, fmt.Sprintf(`add "drafts": true: %s %s`, p.Use.Drafts.Place, p.Use.Drafts.What))
	}
	return sentences
}

// envFile is the file with the variables of the project's own server.
const envFile = ".env"

// apiVariable is the variable that a server needs outside of dev.command.
const apiVariable = "SELASAR_API_URL"

// Environment returns the text of .env. It has addresses only: Selasar passes the secrets to dev.command at run time.
func Environment() []byte {
	var names []string
	for _, one := range (credential.Set{}).Environment() {
		name, _, _ := strings.Cut(one, "=")
		names = append(names, name)
	}
	return []byte("# The address of Selasar's APIs. `selasar dev` passes it to dev.command, with PORT and these credentials:\n# " +
		strings.Join(names, "\n# ") +
		"\n# A server that you start yourself gets them from Credentials in the simulator. Keep them out of this file if you commit it.\n" +
		apiVariable + "=http://127.0.0.1:7300\n")
}

// WriteNew writes a file of the project that does not exist yet.
func (p Project) WriteNew(name string, text []byte) error {
	file, err := os.OpenFile(filepath.Join(p.Dir, name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	_, err = file.Write(text)
	return errors.Join(err, file.Close())
}

// WriteEnvironment writes .env, unless the project has one. It returns the line that an existing one lacks.
func (p Project) WriteEnvironment() (written bool, lacks string, err error) {
	text, err := os.ReadFile(filepath.Join(p.Dir, envFile))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return true, "", p.WriteNew(envFile, Environment())
	case err != nil:
		return false, "", fmt.Errorf("reading %s: %w", envFile, err)
	case strings.Contains("\n"+string(text), "\n"+apiVariable+"="):
		return false, "", nil
	}
	return false, apiVariable + "=http://127.0.0.1:7300", nil
}
