package mask

import (
	"fmt"
	"log/slog"
)

// Attr masks one attribute of a log line, its message included: by the name of
// the attribute, and by shape. It is a slog.HandlerOptions.ReplaceAttr.
func Attr(_ []string, a slog.Attr) slog.Attr {
	var text string
	switch a.Value.Kind() {
	case slog.KindString:
		text = a.Value.String()
	case slog.KindAny:
		if _, ok := a.Value.Any().(*slog.Source); ok {
			return a
		}
		text = fmt.Sprintf("%+v", a.Value.Any())
	default: // numbers, booleans and times hold no secret, unless their name says so
		if !secrets[a.Key] {
			return a
		}
	}
	if secrets[a.Key] {
		return slog.String(a.Key, Mask)
	}
	if masked := Text(text); masked != text {
		return slog.String(a.Key, masked)
	}
	return a
}
