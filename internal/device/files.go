package device

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/selasar/selasar/internal/strict"
)

// Folder is a public folder of the device.
type Folder string

// The folders.
const (
	Downloads Folder = "DOWNLOADS"
	Documents Folder = "DOCUMENTS"
	Pictures  Folder = "PICTURES"
	DCIM      Folder = "DCIM"
)

// Download asks a device to download a file.
type Download struct {
	LaunchID string
	OS       OS
	URL      string
	Name     string // empty for a name of the device's own
	Folder   Folder
}

// File is a file of the device.
type File struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Type     string `json:"type"`
	Size     int    `json:"size"`
	Folder   Folder `json:"folder"`
	URL      string `json:"url,omitempty"` // its source; empty for a file of the device's own
	LaunchID string `json:"launch_id,omitempty"`
	SavedAt  int64  `json:"saved_at"` // ms since the epoch
}

// Files saves files on a device.
type Files interface {
	Save(ctx context.Context, d Download) (File, error)
}

// maxFileName is the largest size of a file name in bytes, as of most file systems.
const maxFileName = 255

// CheckFileName returns the mistake in the name of a file: it must not be a path.
func CheckFileName(name string) error {
	switch {
	case name == "" || name == "." || name == "..":
		return errors.New("a file needs a name, such as receipt.pdf")
	case strings.ContainsAny(name, "/\\"):
		return errors.New("the name must not be a path; leave out / and \\")
	case !strict.Line(name):
		return errors.New("the name must not hold control characters")
	case len(name) > maxFileName:
		return fmt.Errorf("the name is %d bytes long; at most %d", len(name), maxFileName)
	default:
		return nil
	}
}
