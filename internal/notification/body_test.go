package notification_test

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"os"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/signature"
)

func read(t *testing.T, name string, into any) {
	t.Helper()
	data, err := os.ReadFile("../../spec/vectors/" + name)
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// test/notification checks the same vectors in JavaScript.
func TestVectors_bodies_and_their_signatures(t *testing.T) {
	var keys struct {
		Private string `json:"private_key"`
	}
	read(t, "signature.json", &keys)
	block, _ := pem.Decode([]byte(keys.Private))
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Path, Timestamp string
		Cases           []struct {
			Name, Body, Signature string
			Change                notification.Change
		}
	}
	read(t, "notifications.json", &file)
	if len(file.Cases) < 4 {
		t.Fatalf("%d cases", len(file.Cases))
	}
	for _, one := range file.Cases {
		t.Run(one.Name, func(t *testing.T) {
			body, err := one.Change.Body()
			if err != nil || body != one.Body {
				t.Errorf("%v\n got %s\nwant %s", err, body, one.Body)
			}
			signed, err := signature.SignRSA(key.(*rsa.PrivateKey), signature.Notification("POST", file.Path, []byte(body), file.Timestamp))
			if err != nil || signed != one.Signature {
				t.Errorf("%v\n got %s\nwant %s", err, signed, one.Signature)
			}
		})
	}
}

func TestBody_with_invalid_UTF8_is_valid_JSON(t *testing.T) {
	c := notification.Change{Payment: "A1", Status: notification.Refunded, Refunds: []notification.Refund{{No: "R1", Reason: "a\xffb"}}}
	body, err := c.Body()
	if err != nil || !strings.Contains(body, `"reason":"a?b"`) || !json.Valid([]byte(body)) {
		t.Errorf("%s, %v", body, err)
	}
}

func TestBody_has_the_total_of_the_refunds_if_there_are_any(t *testing.T) {
	for _, one := range []struct {
		refunds []notification.Refund
		want    string
	}{
		{nil, `{"refundHistory":[]}`},
		{[]notification.Refund{{Amount: 100}}, `"totalRefundAmount":{"value":"100.00","currency":"IDR"}}`},
		{[]notification.Refund{{Amount: 100}, {Amount: 50}}, `"totalRefundAmount":{"value":"150.00","currency":"IDR"}}`},
	} {
		c := notification.Change{Payment: "A1", Status: notification.Refunded, Refunds: one.refunds}
		if body, err := c.Body(); err != nil || !strings.HasSuffix(body, one.want+"}") {
			t.Errorf("%d refunds: %s, %v", len(one.refunds), body, err)
		}
	}
}
