// Package browser starts an installed Chromium, Chrome or Edge without a window, and drives
// it by the Chrome DevTools Protocol.
//
// It knows nothing of mini apps. A [Tab] has one page; scripts that the caller adds run
// before the scripts of each document, and can send messages to the caller.
package browser
