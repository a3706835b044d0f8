package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/jsapi/dialect/webview"
	"github.com/selasar/selasar/internal/jsapi/schema"
)

const root = "../../.."

func TestFiles_agree_with_the_declarations(t *testing.T) {
	files, err := written(root)
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range files {
		got, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(path)))
		if err != nil || string(got) != want {
			t.Errorf("%s differs from its declarations (%v): run make generate", path, err)
		}
	}
}

func TestOpenAPI_has_each_kind_of_ask_code_and_method(t *testing.T) {
	text, err := openapi(root, webview.Dialect, ask.Declarations)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, d := range ask.Declarations {
		names = append(names, d.Type, d.Answer)
	}
	for _, b := range webview.Dialect.Bindings {
		names = append(names, sentence(b.Method)+"Params")
		if b.Gives().Kind() != schema.KindNull {
			names = append(names, sentence(b.Method)+"Data")
		}
	}
	for _, name := range append(names, "OpenAsk", "Answer", "DeviceReading", "DeviceAnswer", "JsapiCode", "CallParams", "CallData", "AskedConsent", "Money") {
		if n := strings.Count(text, "\n    "+name+":"); n != 1 {
			t.Errorf("%s occurs %d times", name, n)
		}
	}
}
