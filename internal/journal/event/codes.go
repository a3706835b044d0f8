package event

import (
	"cmp"
	"reflect"
	"slices"

	"github.com/selasar/selasar/internal/language"
)

// CodeList is a type of code in the data of events, with its codes.
type CodeList struct {
	Type  reflect.Type
	Codes []Code
}

// Code is one code with its words; Advice is empty for most.
type Code struct {
	Code          string
	Words, Advice language.Text
}

// Codes returns every type of code, by name, for the generated lists.
func Codes() []CodeList {
	list := []CodeList{
		withWords(reasons), withWords(settlers), withWords(consentNames), withWords(noteTexts), withWords(messageKinds),
		withWords(rewardTypes), withWords(rewardAdvice), withWords(exitReasons), withWords(notifiedTexts),
		coded(tryReasons, func(r TryReason) Code { return Code{string(r), r.wording(), r.advice()} }),
		coded(pageReasons, func(r PageReason) Code { return Code{string(r), r.wording(), r.advice()} }),
		coded(unreachReasons, func(r UnreachReason) Code { return Code{string(r), r.wording(), r.advice()} }),
	}
	slices.SortFunc(list, func(a, b CodeList) int { return cmp.Compare(a.Type.Name(), b.Type.Name()) })
	return list
}

func coded[C ~string, V any](table map[C]V, read func(C) Code) CodeList {
	list := CodeList{Type: reflect.TypeFor[C]()}
	for code := range table {
		list.Codes = append(list.Codes, read(code))
	}
	slices.SortFunc(list.Codes, func(a, b Code) int { return cmp.Compare(a.Code, b.Code) })
	return list
}

// withWords lists codes without advice.
func withWords[C ~string](table map[C]language.Text) CodeList {
	return coded(table, func(c C) Code { return Code{Code: string(c), Words: table[c]} })
}
