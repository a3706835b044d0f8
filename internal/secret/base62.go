package secret

import "encoding/binary"

// The encoder divides by 62^5, so that each pass over the limbs gives five digits.

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

var digit = func() (table [256]int8) {
	for i := range table {
		table[i] = -1
	}
	for i := range len(alphabet) {
		table[alphabet[i]] = int8(i)
	}
	return table
}()

// encode62 returns raw as one number in base 62, padded with zeros to length.
// fits is false when the number needs more digits.
func encode62(raw []byte, length int) (text string, fits bool) {
	limbs := toLimbs(raw)
	out := make([]byte, length)
	for end := length; end > 0; end -= 5 {
		rest := divide(limbs, 62*62*62*62*62)
		for i := end - 1; i >= max(end-5, 0); i-- {
			out[i] = alphabet[rest%62]
			rest /= 62
		}
		if rest != 0 {
			return "", false
		}
	}
	for _, limb := range limbs {
		if limb != 0 {
			return "", false
		}
	}
	return string(out), true
}

// decode62 decodes the result of encode62 into raw. It refuses other characters
// and numbers that are too large for raw, so that each value has one spelling.
func decode62(raw []byte, text string) bool {
	limbs := make([]uint32, (len(raw)+3)/4)
	for i := range len(text) {
		d := digit[text[i]]
		if d < 0 {
			return false
		}
		carry := uint64(d)
		for j := len(limbs) - 1; j >= 0; j-- {
			carry += uint64(limbs[j]) * 62
			limbs[j] = uint32(carry)
			carry >>= 32
		}
		if carry != 0 {
			return false
		}
	}
	wide := make([]byte, len(limbs)*4)
	for i, limb := range limbs {
		binary.BigEndian.PutUint32(wide[i*4:], limb)
	}
	pad := len(wide) - len(raw)
	for _, b := range wide[:pad] {
		if b != 0 {
			return false
		}
	}
	copy(raw, wide[pad:])
	return true
}

func toLimbs(raw []byte) []uint32 {
	limbs := make([]uint32, (len(raw)+3)/4)
	wide := make([]byte, len(limbs)*4)
	copy(wide[len(wide)-len(raw):], raw)
	for i := range limbs {
		limbs[i] = binary.BigEndian.Uint32(wide[i*4:])
	}
	return limbs
}

func divide(limbs []uint32, by uint64) (rest uint64) {
	for i, limb := range limbs {
		rest = rest<<32 | uint64(limb)
		limbs[i] = uint32(rest / by)
		rest %= by
	}
	return rest
}
