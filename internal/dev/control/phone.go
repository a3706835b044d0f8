package control

import (
	"net/http"
	"slices"

	"github.com/selasar/selasar/internal/dev/simulator"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/problem"
)

func (d *door) shake(r *http.Request) (any, error) {
	body, err := edge.ReadBody(r)
	if err != nil {
		return nil, err
	}
	return nil, d.Simulator.Shake(body)
}

func (d *door) blow(r *http.Request) (any, error) {
	body, err := edge.ReadBody(r)
	if err != nil {
		return nil, err
	}
	return nil, d.Simulator.Blow(body)
}

func (d *door) files(*http.Request) (any, error) {
	return map[string]any{"files": d.Simulator.Files()}, nil
}

// addFile puts a picture into the device's gallery: the bytes are the body.
func (d *door) addFile(w http.ResponseWriter, r *http.Request) {
	edge.Endpoint(func(r *http.Request) (any, error) {
		data, err := edge.ReadUpTo(r, simulator.MaxFile)
		if err != nil {
			return nil, err
		}
		d.resetting.RLock()
		defer d.resetting.RUnlock()
		f, err := d.Simulator.AddPicture(r.URL.Query().Get("name"), http.DetectContentType(data), data)
		if err != nil {
			return nil, err
		}
		return edge.Created{Body: f}, nil
	}).ServeHTTP(w, r)
}

// shownTypes are the types that a browser shows without running anything.
var shownTypes = []string{"image/jpeg", "image/png", "image/gif", "image/webp", "image/heic", "application/pdf"}

// file writes the bytes of a file.
func (d *door) file(w http.ResponseWriter, r *http.Request) {
	f, data, err := d.Simulator.File(r.PathValue("id"))
	if err != nil {
		edge.WriteProblem(w, r, problem.Of(err))
		return
	}
	mediaType := f.Type
	if !slices.Contains(shownTypes, mediaType) {
		mediaType = "application/octet-stream"
	}
	edge.WriteFile(w, mediaType, data)
}
