package mask

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"
)

func TestAttr_hides_secrets_in_every_part_of_a_log_line(t *testing.T) {
	token := "slt_" + strings.Repeat("aB3", 20)
	var out bytes.Buffer
	log := slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{AddSource: true, ReplaceAttr: Attr}))
	log.With("with", token).WithGroup("group").Error("the token "+token+" was refused",
		"text", token, "error", errors.New("asking "+token), "client_secret", "short", "email", 7, "any", struct{ Token string }{token},
		slog.Group("more", "deep", token), "took", time.Second, "count", 12, "path", "/v1/mini-apps", "nothing", nil)
	line := out.String()
	if strings.Contains(line, token) || strings.Contains(line, "short") || strings.Contains(line, "email=7") {
		t.Errorf("a secret is in %s", line)
	}
	for _, want := range []string{"level=ERROR", "the token slt_aB3•••aB3 was refused", "group.client_secret=•••", "group.took=1s", "group.count=12", "group.path=/v1/mini-apps", "log_test.go:", "group.nothing=<nil>"} {
		if !strings.Contains(line, want) {
			t.Errorf("%s lacks %s", line, want)
		}
	}
	if strings.Count(line, Mask) != 8 {
		t.Errorf("%d masks in %s, want 8", strings.Count(line, Mask), line)
	}
}

func TestEnds_keeps_both_ends_of_a_long_secret(t *testing.T) {
	for text, want := range map[string]string{"": Mask, "12345678": Mask, "123456789": "123•••789", "☕☕☕☕☕☕☕☕☕": "☕☕☕•••☕☕☕"} {
		if got := Ends(text, 8); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
}
