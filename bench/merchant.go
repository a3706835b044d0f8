package main

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/selasar/selasar/internal/signature"
)

// merchant is a mini app's backend that signs its requests by BI-SNAP.
type merchant struct {
	key   *rsa.PrivateKey
	token string
	Pop   string `json:"pop_id"`
	Snap  struct {
		ClientKey    string `json:"client_key"`
		ClientSecret string `json:"client_secret"`
		PrivateKey   string `json:"private_key"`
		PartnerID    string `json:"partner_id"`
		ChannelID    string `json:"channel_id"`
	} `json:"snap"`
}

// merchant reads the credentials and requests an access token.
func (p *platform) merchant() (*merchant, error) {
	m := &merchant{}
	if err := p.credentials(m); err != nil {
		return nil, err
	}
	block, _ := pem.Decode([]byte(m.Snap.PrivateKey))
	if block == nil {
		return nil, errors.New("the private key is not PEM")
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, err
	}
	key, ok := parsed.(*rsa.PrivateKey)
	if !ok {
		return nil, errors.New("the private key is not RSA")
	}
	m.key = key
	return m, m.getToken(p.address)
}

// credentials reads the credentials of the mini app.
func (p *platform) credentials(into any) error {
	if p.operator != nil {
		return p.operator.ask("POST", "/mini-apps/bench/credentials/reveal", "", into)
	}
	return p.ask("GET", "/control/v1/credentials", "", into)
}

func (m *merchant) getToken(address string) error {
	at := timestamp()
	signed, err := signature.SignRSA(m.key, signature.AccessToken(m.Snap.ClientKey, at))
	if err != nil {
		return err
	}
	request, err := http.NewRequest("POST", "http://"+address+"/v1.0/access-token/b2b", strings.NewReader(`{"grantType":"client_credentials"}`))
	if err != nil {
		return err
	}
	for name, value := range map[string]string{"Content-Type": "application/json", "X-CLIENT-KEY": m.Snap.ClientKey, "X-TIMESTAMP": at, "X-SIGNATURE": signed} {
		request.Header.Set(name, value)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	var got struct {
		Token string `json:"accessToken"`
	}
	if err = json.NewDecoder(answer.Body).Decode(&got); err == nil && got.Token == "" {
		err = fmt.Errorf("no access token: %s", answer.Status)
	}
	m.token = got.Token
	return err
}

func timestamp() string { return time.Now().Format(time.RFC3339) }

var externalIDs atomic.Int64

// request returns a signed request with a new X-EXTERNAL-ID.
func (m *merchant) request(address, path, body string) []byte {
	at := timestamp()
	signed := signature.SignHMAC(m.Snap.ClientSecret, signature.Request("POST", path, m.token, []byte(body), at))
	return post(address, path, "Bearer "+m.token+"\r\nX-TIMESTAMP: "+at+"\r\nX-PARTNER-ID: "+m.Snap.PartnerID+
		"\r\nCHANNEL-ID: "+m.Snap.ChannelID+"\r\nX-SIGNATURE: "+signed+
		"\r\nX-EXTERNAL-ID: bench-"+strconv.FormatInt(externalIDs.Add(1), 10), body)
}

// sends returns the work of a client that signs and sends a body.
func (m *merchant) sends(address, path, body string) func() (work, error) {
	return func() (work, error) {
		c, err := dial(address)
		return func() error {
			_, err := c.send(m.request(address, path, body)) // send returns an error for a status other than 2xx
			return err
		}, err
	}
}

// creation returns the body of a request for a payment.
func (m *merchant) creation() string {
	return `{"partnerReferenceNo":"17","payOptionDetails":[{"payMethod":"GOPAY","payOption":"GOPAY_WALLET",` +
		`"transAmount":{"value":"15000.00","currency":"IDR"}}],"additionalInfo":{"pointOfPurchaseId":"` + m.Pop + `","items":[{"name":"Kopi susu"}]}}`
}
