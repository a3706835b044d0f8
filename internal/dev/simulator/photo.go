package simulator

import (
	"bytes"
	"context"
	"encoding/json"
	"image"
	"image/color"
	"image/jpeg"
	"log/slog"
	"strings"
	"sync"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/blob"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/journal/event"
)

// Photos keeps pictures for a launch.
type Photos interface {
	Put(ctx context.Context, launchID, mediaType string, data []byte) (blob.Blob, error)
}

// photograph answers for the camera. A picture that is chosen comes from the gallery, if
// it has one.
func (s *Simulator) photograph(ctx context.Context, a ask.Ask, chosen string) (json.RawMessage, event.Settler, bool) {
	if chosen != "taken" || s.Photos == nil {
		return byPolicy(chosen)
	}
	var shown struct{ Mode string }
	_ = json.Unmarshal(a.Show, &shown) // the engine made it
	mediaType, picture := "image/jpeg", testPicture()
	if newest, data, ok := s.newestPicture(); ok && shown.Mode == "photo" {
		mediaType, picture = newest.Type, data
	}
	kept, err := s.Photos.Put(ctx, a.LaunchID, mediaType, picture)
	if err != nil {
		slog.Warn("the automatic answer of the camera failed; the page asks a person", "error", err)
		return nil, "", false
	}
	return journal.Detail(map[string]string{"answer": "taken", "photo": kept.ID}), event.ByPolicy, true
}

// newestPicture returns the newest picture of the gallery that a launch can keep.
func (s *Simulator) newestPicture() (File, []byte, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for i := len(s.gallery.files) - 1; i >= 0; i-- {
		if f := s.gallery.files[i]; strings.HasPrefix(f.Type, "image/") && blob.Takes(f.Type, f.Size) {
			return f.File, f.data, true
		}
	}
	return File{}, nil, false
}

// testPicture is the picture that the simulated camera takes: a sunset over the sea.
var testPicture = sync.OnceValue(func() []byte {
	const width, height = 640, 480
	picture := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			picture.Set(x, y, sunset(x-width/2, y-height/2))
		}
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, picture, &jpeg.Options{Quality: 80}); err != nil {
		panic(err) // a picture in memory always encodes
	}
	return out.Bytes()
})

func sunset(x, y int) color.Color {
	switch {
	case y > 60:
		return color.RGBA{20, uint8(60 + (y-60)/3), uint8(110 + (y-60)/3), 255}
	case x*x+(y-60)*(y-60) < 90*90:
		return color.RGBA{255, 214, 120, 255}
	default:
		return color.RGBA{240, uint8(120 + (y+240)/4), uint8(90 - (y+240)/8), 255}
	}
}
