package simulator

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/problem"
)

// The limits of the gallery. Above them, the oldest files go.
const (
	MaxFile    = 32 << 20 // bytes of one file
	maxFiles   = 64
	maxGallery = 96 << 20 // bytes of all files
)

// File is a file of the device.
type File = device.File

// gallery is the files that mini apps and the person have saved on the device, oldest
// first. It is in memory, and empty after a restart.
type gallery struct {
	files []savedFile
	bytes int
	made  int // files so far
}

type savedFile struct {
	File
	data []byte
}

func (g *gallery) add(f savedFile) {
	g.files = append(g.files, f)
	g.bytes += f.Size
	for len(g.files) > maxFiles || g.bytes > maxGallery {
		g.bytes -= g.files[0].Size
		g.files = slices.Delete(g.files, 0, 1)
	}
}

// Files returns the files of the device, newest first.
func (s *Simulator) Files() []File {
	s.mu.RLock()
	defer s.mu.RUnlock()
	list := make([]File, 0, len(s.gallery.files))
	for _, f := range slices.Backward(s.gallery.files) {
		list = append(list, f.File)
	}
	return list
}

// File returns a file of the device with its bytes, or a problem NotFound.
func (s *Simulator) File(fileID string) (File, []byte, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, f := range s.gallery.files {
		if f.ID == fileID {
			return f.File, f.data, nil
		}
	}
	return File{}, nil, problem.New(problem.NotFound, "the device has no file %.40q; its oldest files go when it is full", fileID)
}

// AddPicture puts a picture into the gallery, as the person does. Its problems are
// BadRequest and TooLarge.
func (s *Simulator) AddPicture(name, mediaType string, data []byte) (File, error) {
	switch {
	case len(data) > MaxFile:
		return File{}, problem.New(problem.TooLarge, "the picture is larger than %d bytes", MaxFile)
	case !strings.HasPrefix(mediaType, "image/"):
		return File{}, problem.New(problem.BadRequest, "the body is no picture that Selasar knows; send PNG, JPEG, GIF or WebP")
	}
	if name == "" {
		name = s.newName(mediaType)
	}
	if err := device.CheckFileName(name); err != nil {
		return File{}, problem.New(problem.BadRequest, "name: %v", err)
	}
	return s.store(File{Name: name, Type: mediaType, Folder: device.Pictures}, data), nil
}

// Save downloads a file into a folder of the device. Its problems say what the device
// does not save.
func (s *Simulator) Save(ctx context.Context, d device.Download) (File, error) {
	if !s.Now().Online {
		return File{}, problem.New(problem.Offline, "the device is offline; try again when it is back")
	}
	if s.Download == nil {
		return File{}, problem.New(problem.DeviceLacks, "this device downloads nothing")
	}
	mediaType, data, err := s.Download(ctx, d.URL)
	if err != nil {
		return File{}, problem.New(problem.TimedOut, "the file could not be downloaded: %s", oneLine(err.Error()))
	}
	if err := savable(d, mediaType); err != nil {
		return File{}, err
	}
	name := d.Name
	if name == "" {
		name = s.newName(mediaType)
	}
	return s.store(File{Name: name, Type: mediaType, Folder: d.Folder, URL: d.URL, LaunchID: d.LaunchID}, data), nil
}

func (s *Simulator) store(f File, data []byte) File {
	now := s.clock.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gallery.made++
	f.ID, f.Size, f.SavedAt = strconv.Itoa(s.gallery.made), len(data), now.UnixMilli()
	s.gallery.add(savedFile{f, data})
	s.announce()
	return f
}
