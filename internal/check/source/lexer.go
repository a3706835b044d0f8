package source

import (
	"strings"
	"unicode/utf8"
)

// kind is the kind of a token.
type kind byte

const (
	word kind = iota // a name, a keyword or a number
	text             // a string, or a template without values
	mark             // an operator or a bracket
	part             // a piece of a template with values, or a regular expression
)

// token is a word of JavaScript with its place.
type token struct {
	kind kind
	text string // of a string: its value, without quotes
	line int    // from 1
	col  int    // from 1, in bytes
}

func (t token) is(text string) bool { return t.kind == mark && t.text == text }

// lexer splits JavaScript, TypeScript and JSX into tokens. It never fails: text that is no
// code, such as the text of JSX, becomes words and marks.
type lexer struct {
	code   string
	at     int
	line   int
	begin  int // the offset at which the line begins
	tokens []token
	braces []int // for each open ${: the depth of braces inside it
}

func tokens(code string) []token {
	l := &lexer{code: code, line: 1}
	for l.at < len(l.code) {
		l.next()
	}
	return l.tokens
}

func (l *lexer) next() {
	rest := l.code[l.at:]
	switch c := rest[0]; {
	case c == '\n':
		l.at++
		l.line, l.begin = l.line+1, l.at
	case c == ' ' || c == '\t' || c == '\r':
		l.at++
	case strings.HasPrefix(rest, "//"):
		l.skip(until(rest, "\n", 0))
	case strings.HasPrefix(rest, "/*"):
		l.skip(until(rest[2:], "*/", 2) + 2)
	case c == '"' || c == '\'':
		l.quoted(c)
	case c == '`':
		l.template(1)
	case c == '}' && len(l.braces) > 0 && l.braces[len(l.braces)-1] == 0:
		l.braces = l.braces[:len(l.braces)-1]
		l.template(1)
	case c == '/' && l.mayBeginExpression():
		l.regexp()
	case wordly(rest):
		n := 0
		for n < len(rest) && wordly(rest[n:]) {
			_, size := utf8.DecodeRuneInString(rest[n:])
			n += size
		}
		l.add(word, rest[:n], n)
	default:
		l.mark(rest)
	}
}

// mark adds an operator. Only the few that readers of tokens ask for have several letters.
func (l *lexer) mark(rest string) {
	for _, long := range []string{"?.", "=>", "==", "!=", "<=", ">="} {
		if strings.HasPrefix(rest, long) {
			l.add(mark, long, len(long))
			return
		}
	}
	if n := len(l.braces); n > 0 {
		switch rest[0] {
		case '{':
			l.braces[n-1]++
		case '}':
			l.braces[n-1]--
		}
	}
	_, size := utf8.DecodeRuneInString(rest)
	l.add(mark, rest[:size], size)
}

// quoted adds a string. A quote that does not end on its line is text of JSX.
func (l *lexer) quoted(quote byte) {
	rest := l.code[l.at+1:]
	for i := 0; i < len(rest) && rest[i] != '\n'; i++ {
		switch rest[i] {
		case '\\':
			i++
		case quote:
			l.add(text, unescaped(rest[:i]), i+2)
			return
		}
	}
	l.add(mark, string(quote), 1)
}

// template adds the piece of a template that begins after the current letter.
func (l *lexer) template(from int) {
	whole := l.code[l.at] == '`'
	rest := l.code[l.at+from:]
	for i := 0; i < len(rest); i++ {
		switch {
		case rest[i] == '\\':
			i++
		case rest[i] == '`':
			kind := part
			if whole {
				kind = text
			}
			l.add(kind, unescaped(rest[:i]), i+1+from)
			return
		case strings.HasPrefix(rest[i:], "${"):
			l.add(part, rest[:i], i+2+from)
			l.braces = append(l.braces, 0)
			return
		}
	}
	l.add(mark, l.code[l.at:l.at+1], 1)
}

// mayBeginExpression reports whether a slash begins a regular expression: after a value it
// divides.
func (l *lexer) mayBeginExpression() bool {
	if len(l.tokens) == 0 {
		return true
	}
	last := l.tokens[len(l.tokens)-1]
	switch last.kind {
	case word:
		return last.text == "return" || last.text == "typeof" || last.text == "case"
	case mark:
		return last.text != ")" && last.text != "]" && last.text != "}" && last.text != "<"
	default:
		return false
	}
}

func (l *lexer) regexp() {
	rest := l.code[l.at+1:]
	class := false
	for i := 0; i < len(rest) && rest[i] != '\n'; i++ {
		switch {
		case rest[i] == '\\':
			i++
		case rest[i] == '[':
			class = true
		case rest[i] == ']':
			class = false
		case rest[i] == '/' && !class:
			l.add(part, rest[:i], i+2)
			return
		}
	}
	l.add(mark, "/", 1)
}

func (l *lexer) add(k kind, value string, length int) {
	l.tokens = append(l.tokens, token{kind: k, text: value, line: l.line, col: l.at - l.begin + 1})
	l.skip(length)
}

// skip moves on, and counts the lines on the way.
func (l *lexer) skip(length int) {
	end := min(l.at+length, len(l.code))
	for ; l.at < end; l.at++ {
		if l.code[l.at] == '\n' {
			l.line, l.begin = l.line+1, l.at+1
		}
	}
}

// until returns the offset after the first occurrence of an end, or the whole length. more
// is added to the length of the end.
func until(rest, end string, more int) int {
	if i := strings.Index(rest, end); i >= 0 {
		return i + more
	}
	return len(rest)
}

func wordly(rest string) bool {
	c := rest[0]
	return c == '_' || c == '$' || c == '#' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c >= utf8.RuneSelf
}

// unescaped removes the backslashes of a string. Names have none, so more is not needed.
func unescaped(value string) string { return strings.ReplaceAll(value, `\`, "") }
