package main

import (
	"io"
	"log/slog"

	"github.com/selasar/selasar/internal/mask"
)

// setLog sends the log of the whole program to w, with its secrets masked.
func setLog(w io.Writer) {
	slog.SetDefault(slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{ReplaceAttr: mask.Attr})))
}
