// Package source finds JSAPI calls in the source files of a mini app, without running them.
//
// It reads tokens and knows no types: it finds gpContainer.call with literal names, and
// methods of a variable that holds a new MiniAppSDK. It counts the calls whose names are
// not literal.
package source
