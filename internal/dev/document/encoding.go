package document

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"io"
	"slices"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// Decoder returns a function that opens the plain bytes of a body with a Content-Encoding. ok is false for an encoding
// that this package does not know.
func Decoder(encoding string) (open func(io.Reader) (io.Reader, error), ok bool) {
	open = func(in io.Reader) (io.Reader, error) { return in, nil }
	names := strings.Split(encoding, ",")
	slices.Reverse(names) // the last one was applied last
	for _, name := range names {
		name = strings.ToLower(strings.TrimSpace(name))
		if name == "" || name == "identity" {
			continue
		}
		decode, known := decoders[name]
		if !known {
			return nil, false
		}
		before := open
		open = func(in io.Reader) (io.Reader, error) {
			plain, err := before(in)
			if err != nil {
				return nil, err
			}
			return decode(plain)
		}
	}
	return open, true
}

var decoders = map[string]func(io.Reader) (io.Reader, error){
	"gzip":    func(in io.Reader) (io.Reader, error) { return gzip.NewReader(in) },
	"x-gzip":  func(in io.Reader) (io.Reader, error) { return gzip.NewReader(in) },
	"br":      func(in io.Reader) (io.Reader, error) { return brotli.NewReader(in), nil },
	"deflate": inflate,
	"zstd": func(in io.Reader) (io.Reader, error) {
		return zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(8<<20))
	},
}

// inflate reads the zlib format of RFC 9110, or the bare format that some servers send instead.
func inflate(in io.Reader) (io.Reader, error) {
	b := bufio.NewReader(in)
	head, err := b.Peek(2)
	if err != nil {
		return nil, err
	}
	if head[0]&0x0f == 8 && (int(head[0])<<8+int(head[1]))%31 == 0 {
		return zlib.NewReader(b)
	}
	return flate.NewReader(b), nil
}

// unreadable are the character sets in which the bytes of markup mean something else than in ASCII.
var unreadable = []string{"utf-16", "utf-16le", "utf-16be", "utf-32", "utf-32le", "utf-32be", "ucs-2", "unicode", "utf-7", "iso-2022-jp", "csiso2022jp", "hz-gb-2312"}

// Readable reports whether a character set has the bytes of ASCII, so that markup can be read in it.
func Readable(charset string) bool {
	return !slices.Contains(unreadable, strings.ToLower(strings.Trim(strings.TrimSpace(charset), `"'`)))
}

// HasWideMark reports whether a document begins with the byte order mark of UTF-16.
func HasWideMark(beginning []byte) bool {
	return len(beginning) >= 2 && (beginning[0] == 0xfe && beginning[1] == 0xff || beginning[0] == 0xff && beginning[1] == 0xfe)
}
