package dev

import (
	"crypto/subtle"
	"encoding/hex"
	"net/http"
	"strings"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/problem"
)

// photoPath is where a page loads the pictures of GPCamera.takePhoto. The path is on the
// mini app's own origin, so that the page's own policies let the picture in.
const photoPath = "/.selasar/photos/"

// photoURL returns the address of a blob, relative to the mini app's origin. Only the
// launch of the blob gets the address; its key keeps other pages from guessing it.
func (d *Platform) photoURL(blobID string) string {
	return photoPath + blobID + "/" + d.photoKey(blobID)
}

func (d *Platform) photoKey(blobID string) string {
	key := d.platform.Key.Derive("photo", blobID)
	return hex.EncodeToString(key[:16])
}

// withPhotos serves the pictures, and everything else by next.
func (d *Platform) withPhotos(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, ok := strings.CutPrefix(r.URL.Path, photoPath)
		if !ok {
			next.ServeHTTP(w, r)
			return
		}
		d.servePhoto(w, r, name)
	})
}

func (d *Platform) servePhoto(w http.ResponseWriter, r *http.Request, name string) {
	id, key, _ := strings.Cut(name, "/")
	if subtle.ConstantTimeCompare([]byte(key), []byte(d.photoKey(id))) != 1 {
		edge.WriteProblem(w, r, problem.New(problem.NotFound, "there is no such picture; use the url that GPCamera.takePhoto returned"))
		return
	}
	b, err := d.platform.Blobs.Find(r.Context(), id)
	if err != nil {
		edge.WriteProblem(w, r, err)
		return
	}
	edge.WriteFile(w, b.Type, b.Bytes)
}
