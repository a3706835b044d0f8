package main

import (
	"io"
	"log/slog"

	"github.com/selasar/selasar/internal/mask"
	"github.com/selasar/selasar/internal/serve"
)

// setLog sends the log of the whole program to w, with its secrets masked.
func setLog(w io.Writer) {
	slog.SetDefault(slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{ReplaceAttr: mask.Attr})))
}

// setServeLog is setLog for an operator: each record has the id and the trace of its
// request, and may be JSON.
func setServeLog(w io.Writer, format string) {
	options := &slog.HandlerOptions{ReplaceAttr: mask.Attr}
	var h slog.Handler = slog.NewTextHandler(w, options)
	if format == "json" {
		h = slog.NewJSONHandler(w, options)
	}
	slog.SetDefault(slog.New(serve.WithRequests(h)))
}
