package edge

import (
	"net/http"
	"strconv"
)

// WriteFile writes bytes that a user or a mini app has made. A browser must not take them
// for a page, nor keep them.
func WriteFile(w http.ResponseWriter, mediaType string, data []byte) {
	h := w.Header()
	h.Set("Content-Type", mediaType)
	h.Set("Content-Length", strconv.Itoa(len(data)))
	h.Set("Content-Security-Policy", "sandbox")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(data) // an error means that the caller went away
}
