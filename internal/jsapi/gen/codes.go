package main

import (
	"fmt"
	"strings"

	"github.com/selasar/selasar/internal/jsapi"
)

// errorCodes writes the codes of a dialect for the SDKs.
func errorCodes(d *jsapi.Dialect) string {
	var b strings.Builder
	fmt.Fprintf(&b, "// Code generated from the codes in internal/jsapi/dialect/%s. DO NOT EDIT.\n\n", d.Name)
	fmt.Fprintf(&b, "/**\n * The error codes of %s.\n * Classes: 1xx platform, 2xx mini app, 3xx permission, 4xx device and network, 5xx super app.\n"+
		" * Source: `%s`.\n */\nexport const ErrorCode = {\n", d.About.Generation, d.About.Page)
	for _, c := range d.Codes {
		fmt.Fprintf(&b, "  /** %s. */\n  %s: %d,\n", sentence(c.Meaning), c.Constant, c.Code)
	}
	b.WriteString("} as const;\n\n/** One of the error codes. */\nexport type ErrorCode = (typeof ErrorCode)[keyof typeof ErrorCode];\n\n" +
		"/** The documented name of each code, with which every message starts. */\nexport const CODE_NAMES: Record<ErrorCode, string> = {\n")
	for _, c := range d.Codes {
		fmt.Fprintf(&b, "  %d: %q,\n", c.Code, c.Name)
	}
	b.WriteString("};\n")
	return b.String()
}

// sentence starts a text with a capital.
func sentence(text string) string { return strings.ToUpper(text[:1]) + text[1:] }
