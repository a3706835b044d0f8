package main

import (
	"bytes"
	"errors"
	"log"
	"log/slog"
	"strings"
	"testing"
)

func TestSetLog_masks_tokens(t *testing.T) {
	before, writer, flags := slog.Default(), log.Writer(), log.Flags()
	t.Cleanup(func() {
		slog.SetDefault(before)
		log.SetOutput(writer)
		log.SetFlags(flags)
	})
	token := "slt_" + strings.Repeat("aB3", 20)
	var out bytes.Buffer
	setLog(&out)
	slog.Error("a call failed inside", "error", errors.New("the token "+token+" is unknown"))
	log.Print("a library says ", token)
	if text := out.String(); strings.Contains(text, token) || strings.Count(text, "slt_aB3•••aB3") != 2 || !strings.Contains(text, "a call failed inside") {
		t.Errorf("the log reads %s", text)
	}
}
