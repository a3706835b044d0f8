package signature

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"os"
	"testing"
)

// vectors are the published test vectors, and further ones made with openssl.
type vectors struct {
	PrivateKey   string `json:"private_key"`
	PublicKey    string `json:"public_key"`
	ClientSecret string `json:"client_secret"`
	AccessTokens []struct {
		ClientKey    string `json:"client_key"`
		Timestamp    string
		StringToSign string `json:"string_to_sign"`
		Signature    string
	} `json:"access_tokens"`
	Published     vector   `json:"published_request"`
	Requests      []vector // vectors that verify
	Refused       []vector
	Notifications []vector
}

type vector struct {
	Name, Method, Path, Body, Timestamp, Signature string
	AccessToken                                    string `json:"access_token"`
	BodyHash                                       string `json:"body_hash"`
	StringToSign                                   string `json:"string_to_sign"`
}

func read(t testing.TB) (v vectors, private *rsa.PrivateKey, public *rsa.PublicKey) {
	t.Helper()
	data, err := os.ReadFile("../../spec/vectors/signature.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	der := func(text string) []byte {
		block, _ := pem.Decode([]byte(text))
		if block == nil {
			t.Fatalf("no PEM: %s", text)
		}
		return block.Bytes
	}
	one, err := x509.ParsePKCS8PrivateKey(der(v.PrivateKey))
	if err != nil {
		t.Fatal(err)
	}
	other, err := x509.ParsePKIXPublicKey(der(v.PublicKey))
	if err != nil {
		t.Fatal(err)
	}
	return v, one.(*rsa.PrivateKey), other.(*rsa.PublicKey)
}

func TestVectors_access_tokens(t *testing.T) {
	t.Parallel()
	v, private, public := read(t)
	for _, c := range v.AccessTokens {
		text := AccessToken(c.ClientKey, c.Timestamp)
		if text != c.StringToSign {
			t.Errorf("signed is %q, want %q", text, c.StringToSign)
		}
		if got, err := SignRSA(private, text); err != nil || got != c.Signature {
			t.Errorf("%s: the signature is %s (%v), want %s", text, got, err, c.Signature)
		}
		if !VerifyRSA(public, text, c.Signature) {
			t.Errorf("%s does not verify", text)
		}
	}
	if len(v.AccessTokens) < 3 {
		t.Errorf("there are %d", len(v.AccessTokens))
	}
}

// The documentation gives only the hash of the body.
func TestVectors_published_request(t *testing.T) {
	t.Parallel()
	v, _, _ := read(t)
	c := v.Published
	text := string(appendHashed(nil, c.Method, c.Path, c.AccessToken, []byte(c.BodyHash), c.Timestamp))
	if text != c.StringToSign {
		t.Errorf("signed is %q, want %q", text, c.StringToSign)
	}
	if got := SignHMAC(v.ClientSecret, text); got != c.Signature || !VerifyHMAC(v.ClientSecret, text, c.Signature) {
		t.Errorf("the signature is %s, want %s", got, c.Signature)
	}
}

func TestVectors_requests(t *testing.T) {
	t.Parallel()
	v, _, _ := read(t)
	verifies := func(secret string, c vector) bool {
		return VerifyRequest(secret, c.Method, c.Path, c.AccessToken, []byte(c.Body), c.Timestamp, c.Signature)
	}
	for _, c := range v.Requests {
		signed := false // whether one of the forms is the text that openssl signed
		for form := range forms([]byte(c.Body)) {
			signed = signed || Request(c.Method, c.Path, c.AccessToken, form, c.Timestamp) == c.StringToSign
		}
		if !signed || SignHMAC(v.ClientSecret, c.StringToSign) != c.Signature || !verifies(v.ClientSecret, c) {
			t.Errorf("%s: does not verify; its string to sign is found: %v", c.Name, signed)
		}
		if verifies(v.ClientSecret+" ", c) {
			t.Errorf("%s: another secret verifies", c.Name)
		}
	}
	for _, c := range v.Refused {
		if verifies(v.ClientSecret, c) {
			t.Errorf("%s: %s verifies", c.Name, c.Body)
		}
	}
	if len(v.Requests) < 10 || len(v.Refused) < 15 {
		t.Errorf("there are %d and %d", len(v.Requests), len(v.Refused))
	}
}

func TestVectors_notifications(t *testing.T) {
	t.Parallel()
	v, private, public := read(t)
	for _, c := range v.Notifications {
		text := Notification(c.Method, c.Path, []byte(c.Body), c.Timestamp)
		if text != c.StringToSign {
			t.Errorf("signed is %q, want %q", text, c.StringToSign)
		}
		if got, err := SignRSA(private, text); err != nil || got != c.Signature || !VerifyRSA(public, text, got) {
			t.Errorf("the signature is %s (%v), want %s", got, err, c.Signature)
		}
	}
	if len(v.Notifications) == 0 {
		t.Error("there are none")
	}
}
