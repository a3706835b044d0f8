package source

import (
	"slices"
	"strings"
)

// Place is a place in a file.
type Place struct {
	File string // relative to the folder, with slashes
	Line int    // from 1
	Col  int    // from 1
}

// Call is a JSAPI call in the sources.
type Call struct {
	Place
	Container bool   // by gpContainer; otherwise by MiniAppSDK
	Method    string // the full name
}

// Feature is a use of a browser's feature that a mini app does not get.
type Feature struct {
	Place
	Name string
}

// file are the tokens of a file.
type file struct {
	name   string
	tokens []token
}

// at returns a token, or one that is nothing.
func (f *file) at(i int) token {
	if i < 0 || i >= len(f.tokens) {
		return token{kind: mark}
	}
	return f.tokens[i]
}

func (f *file) place(i int) Place { return Place{f.name, f.at(i).line, f.at(i).col} }

// word reports whether a token is a name.
func (f *file) word(i int, name string) bool { return f.at(i).kind == word && f.at(i).text == name }

// member returns the index after the dot at i, and whether there is one: . ?. !.
func (f *file) member(i int) (int, bool) {
	if f.at(i).is("!") {
		i++
	}
	return i + 1, f.at(i).is(".") || f.at(i).is("?.")
}

// called returns the index of the first argument of a call at i: ( ?.( <Type>(
func (f *file) called(i int) (int, bool) {
	if f.at(i).is("?.") {
		i++
	}
	if f.at(i).is("<") {
		end := i
		for end < i+40 && !f.at(end).is(">") {
			end++
		}
		i = end + 1
	}
	return i + 1, f.at(i).is("(")
}

// containerCalls finds gpContainer.call(...), and calls of the mini app's own functions
// with the names of a known class and a method: invoke("GPBase", "getLocale").
func (f *file) containerCalls(r *Reading, classes []string) {
	for i, t := range f.tokens {
		if t.kind != word {
			continue
		}
		argument, ok := f.called(i + 1)
		if !ok {
			continue
		}
		class, method := f.at(argument), f.at(argument+2)
		literal := class.kind == text && f.at(argument+1).is(",") && method.kind == text && (f.at(argument+3).is(",") || f.at(argument+3).is(")"))
		ofObject := t.text == "call" && (f.at(i-1).is(".") || f.at(i-1).is("?."))
		named := ofObject && f.isContainer(i-2)
		switch {
		case literal && (named || ofObject && strings.HasPrefix(class.text, "GP") || slices.Contains(classes, class.text)):
			r.Calls = append(r.Calls, Call{f.place(i), true, class.text + "." + method.text})
		case named:
			r.Unreadable = append(r.Unreadable, f.place(i))
		}
	}
}

// isContainer reports whether the expression that ends at i is gpContainer.
func (f *file) isContainer(i int) bool {
	if f.at(i).is("!") {
		i--
	}
	if f.at(i).is("]") {
		return f.at(i-1).kind == text && f.at(i-1).text == "gpContainer"
	}
	return f.word(i, "gpContainer")
}

// classes are the names of the class MiniAppSDK in a file.
func (f *file) classes() []string {
	names := []string{"MiniAppSDK"}
	for i := range f.tokens {
		if f.word(i, "import") && f.at(i+1).kind == word && f.word(i+2, "from") && strings.HasSuffix(f.at(i+3).text, "/miniapp-client") {
			names = append(names, f.at(i+1).text)
		}
	}
	return names
}

// instances are the variables that hold a new MiniAppSDK.
func (f *file) instances() (names []string) {
	classes := f.classes()
	for i := range f.tokens {
		if !f.word(i, "new") || f.at(i+1).kind != word || !slices.Contains(classes, f.at(i+1).text) {
			continue
		}
		for k := i - 1; k > i-16 && k > 0; k-- {
			if f.at(k).is(";") || f.at(k).is("}") {
				break
			}
			if !f.at(k).is("=") || f.at(k-1).kind != word {
				continue
			}
			name := k - 1
			if f.at(k-2).is(":") && f.at(k-3).kind == word { // const sdk: MiniAppSDK = new ...
				name = k - 3
			}
			names = append(names, f.at(name).text)
			break
		}
	}
	return names
}

// knows reports whether a file makes or imports a variable.
func (f *file) knows(name string, own []string) bool {
	if slices.Contains(own, name) {
		return true
	}
	for i := range f.tokens {
		if f.word(i, "import") || f.word(i, "require") {
			for k := max(0, i-12); k < i+40 && k < len(f.tokens); k++ {
				if f.word(k, name) {
					return true
				}
				if k > i && (f.at(k).is(";") || f.at(k).kind == text) {
					break
				}
			}
		}
	}
	return false
}

// sdkCalls finds methods of variables that hold a MiniAppSDK.
func (f *file) sdkCalls(r *Reading, instances []string) {
	for i, t := range f.tokens {
		if t.kind != word || !slices.Contains(instances, t.text) {
			continue
		}
		method, ok := f.member(i + 1)
		if !ok || f.at(method).kind != word {
			continue
		}
		if _, ok = f.called(method + 1); ok {
			r.Calls = append(r.Calls, Call{f.place(method), false, f.at(method).text})
		}
	}
}

// features finds what a mini app's page does not get from its WebView.
func (f *file) features(r *Reading) {
	for i := range f.tokens {
		for _, one := range [][2]string{{"navigator", "share"}, {"window", "open"}} {
			if !f.word(i, one[0]) || !f.at(i+1).is(".") || !f.word(i+2, one[1]) {
				continue
			}
			if _, called := f.called(i + 3); called {
				r.Features = append(r.Features, Feature{f.place(i), one[0] + "." + one[1]})
			}
		}
	}
}

// spellings finds the two spellings of a failure's members.
func (f *file) spellings(r *Reading) {
	for i, t := range f.tokens {
		if t.kind != word || !f.at(i-1).is(".") && !f.at(i-1).is("?.") {
			continue
		}
		switch t.text {
		case "errorCode", "errorType", "errorMessage":
			r.Camel = append(r.Camel, f.place(i))
		case "error_code", "error_type", "error_message":
			r.Snake = append(r.Snake, f.place(i))
		}
	}
}
