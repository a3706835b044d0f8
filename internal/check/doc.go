// Package check is `selasar check`: the compatibility report of a mini app.
//
// It starts a development platform, opens the mini app in a headless browser under the
// default reading of the documentation and under its variants, and reads its sources. Each
// finding says how it was found: at load, by the developer's script, or in the sources.
package check
