package chain

import "encoding/binary"

// Content is what a chain protects of an entry: a list of values in an unambiguous
// encoding. Each text is preceded by its length.
type Content []byte

// Text adds a text.
func (c Content) Text(text string) Content {
	return append(binary.BigEndian.AppendUint64(c, uint64(len(text))), text...)
}

// Bytes adds bytes.
func (c Content) Bytes(b []byte) Content {
	return append(binary.BigEndian.AppendUint64(c, uint64(len(b))), b...)
}

// Number adds a whole number.
func (c Content) Number(n int64) Content { return binary.BigEndian.AppendUint64(c, uint64(n)) }
