package main

import (
	"encoding/json"
	"slices"

	"github.com/selasar/selasar/internal/jsapi"
)

// vector describes a method for a conformance test, in any language.
type vector struct {
	Name       string            `json:"name"`
	Aliases    []string          `json:"aliases,omitempty"`
	Positional string            `json:"positional,omitempty"`
	Params     map[string]string `json:"params"`
	Optional   []string          `json:"optional,omitempty"` // parameters
	Result     map[string]string `json:"result"`
	Beside     map[string]string `json:"beside,omitempty"` // members next to data
	Events     []string          `json:"events,omitempty"` // on document, later
	Draft      bool              `json:"draft,omitempty"`
	Values     map[string]any    `json:"values,omitempty"`
	Since      string            `json:"since"`
	Consent    string            `json:"consent,omitempty"`
	Needs      string            `json:"needs,omitempty"`
}

type codeVector struct {
	Code jsapi.ErrorCode `json:"code"`
	Name string          `json:"name"`
}

// vectors writes spec/vectors/jsapi.json.
func vectors(d *jsapi.Dialect) string {
	out := struct {
		Methods []vector     `json:"methods"`
		Codes   []codeVector `json:"codes"`
	}{}
	for _, m := range d.Bindings {
		v := vector{
			Name: m.Name(), Aliases: m.Aliases, Positional: m.Positional, Since: m.Since.String(), Consent: string(m.Operation.Consent),
			Needs: string(m.Operation.Needs), Params: map[string]string{}, Result: map[string]string{}, Values: map[string]any{},
			Events: slices.Collect(m.Events.Names()), Draft: m.Draft,
		}
		for _, p := range m.Takes().Members() {
			v.Params[p.Name] = p.JSONType()
			if p.Optional {
				v.Optional = append(v.Optional, p.Name)
			}
		}
		for _, f := range m.Gives().Members() {
			v.Result[f.Name] = f.JSONType()
			if values := f.Values(); len(values) > 0 {
				v.Values[f.Name] = values
			}
		}
		if m.BesideSchema != nil {
			v.Beside = map[string]string{}
			for _, f := range m.BesideSchema.Members() {
				v.Beside[f.Name] = f.JSONType()
			}
		}
		out.Methods = append(out.Methods, v)
	}
	for _, c := range d.Codes {
		out.Codes = append(out.Codes, codeVector{c.Code, c.Name})
	}
	data, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		panic(err) // plain values always marshal
	}
	return string(data) + "\n"
}
