package main

import (
	"encoding/json"

	"github.com/selasar/selasar/internal/jsapi"
)

// vector is what a conformance test needs to know of a method, in any language.
type vector struct {
	Name       string            `json:"name"`
	Aliases    []string          `json:"aliases,omitempty"`
	Positional string            `json:"positional,omitempty"`
	Params     map[string]string `json:"params"`
	Result     map[string]string `json:"result"`
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
func vectors(methods []*jsapi.Method) string {
	out := struct {
		Methods []vector     `json:"methods"`
		Codes   []codeVector `json:"codes"`
	}{}
	for _, m := range methods {
		v := vector{
			Name: m.Name, Aliases: m.Aliases, Positional: m.Positional, Since: m.Since.String(), Consent: string(m.Consent),
			Needs: string(m.Needs), Params: map[string]string{}, Result: map[string]string{}, Values: map[string]any{},
		}
		for _, p := range m.Params {
			v.Params[p.Name] = string(p.Type)
		}
		for _, f := range m.Result {
			v.Result[f.Name] = string(f.Type)
			if len(f.Values) > 0 {
				v.Values[f.Name] = f.Values
			}
		}
		out.Methods = append(out.Methods, v)
	}
	for _, c := range jsapi.Codes {
		out.Codes = append(out.Codes, codeVector{c.Code, c.Name})
	}
	data, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		panic(err) // plain values always marshal
	}
	return string(data) + "\n"
}
