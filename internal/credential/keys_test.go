package credential_test

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"os"
	"sync"
)

// testKeys returns the RSA keys of testdata/keys.pem. Making keys takes longer
// than all other work of these tests.
var testKeys = sync.OnceValue(func() (list []*rsa.PrivateKey) {
	rest, err := os.ReadFile("testdata/keys.pem")
	if err != nil {
		panic(err)
	}
	for {
		var b *pem.Block
		if b, rest = pem.Decode(rest); b == nil {
			return list
		}
		key, err := x509.ParsePKCS8PrivateKey(b.Bytes)
		if err != nil {
			panic(err)
		}
		list = append(list, key.(*rsa.PrivateKey))
	}
})

// readyKeys returns a source of the test keys. It returns each key once, because
// two keys of a platform never are the same.
func readyKeys() func() (*rsa.PrivateKey, error) {
	var mu sync.Mutex
	next := 0
	return func() (*rsa.PrivateKey, error) {
		mu.Lock()
		defer mu.Unlock()
		if next == len(testKeys()) {
			return nil, errors.New("testdata/keys.pem has no more keys")
		}
		next++
		return testKeys()[next-1], nil
	}
}
