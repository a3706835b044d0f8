package main

import (
	"bytes"
	"context"
	"crypto"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"
)

// biSNAP is a client of the payment API that Bank Indonesia prescribes (BI-SNAP). It signs the request for an access token
// with a private key, and every further request with a shared secret.
type biSNAP struct {
	url          string // SELASAR_API_URL; in production https://merchants.midtrans.com
	clientKey    string
	clientSecret string
	partnerID    string
	channelID    string
	popID        string          // the mini app's point of purchase
	private      *rsa.PrivateKey // signs our requests for access tokens
	platforms    *rsa.PublicKey  // verifies the platform's notifications
	client       *http.Client

	mu      sync.Mutex
	token   string
	expires time.Time
}

// biSNAPFromEnv reads the credentials that "selasar dev" sets in the environment.
func biSNAPFromEnv(getenv func(string) string) (*biSNAP, error) {
	b := &biSNAP{
		url:          strings.TrimSuffix(getenv("SELASAR_API_URL"), "/"),
		clientKey:    getenv("SELASAR_SNAP_CLIENT_KEY"),
		clientSecret: getenv("SELASAR_SNAP_CLIENT_SECRET"),
		partnerID:    getenv("SELASAR_SNAP_PARTNER_ID"),
		channelID:    getenv("SELASAR_SNAP_CHANNEL_ID"),
		popID:        getenv("SELASAR_POP_ID"),
		client:       &http.Client{Timeout: 10 * time.Second},
	}
	if b.clientKey == "" || b.clientSecret == "" || b.partnerID == "" || b.channelID == "" || b.popID == "" {
		return nil, errors.New("kopi needs SELASAR_POP_ID and SELASAR_SNAP_*: start it with selasar dev examples/kopi")
	}
	var ok bool
	private, _ := pem.Decode([]byte(getenv("SELASAR_SNAP_PRIVATE_KEY")))
	public, _ := pem.Decode([]byte(getenv("SELASAR_NOTIFICATION_PUBLIC_KEY")))
	if private == nil || public == nil {
		return nil, errors.New("kopi needs SELASAR_SNAP_PRIVATE_KEY and SELASAR_NOTIFICATION_PUBLIC_KEY, both as PEM")
	}
	if key, err := x509.ParsePKCS8PrivateKey(private.Bytes); err != nil {
		return nil, fmt.Errorf("reading SELASAR_SNAP_PRIVATE_KEY: %w", err)
	} else if b.private, ok = key.(*rsa.PrivateKey); !ok {
		return nil, errors.New("SELASAR_SNAP_PRIVATE_KEY is not an RSA key")
	}
	if key, err := x509.ParsePKIXPublicKey(public.Bytes); err != nil {
		return nil, fmt.Errorf("reading SELASAR_NOTIFICATION_PUBLIC_KEY: %w", err)
	} else if b.platforms, ok = key.(*rsa.PublicKey); !ok {
		return nil, errors.New("SELASAR_NOTIFICATION_PUBLIC_KEY is not an RSA key")
	}
	return b, nil
}

// snapError is an error of the platform. Its code has seven digits; the first three are the HTTP status.
type snapError struct {
	Code    string `json:"responseCode"`
	Message string `json:"responseMessage"`
}

func (e *snapError) Error() string { return fmt.Sprintf("BI-SNAP answered %s %s", e.Code, e.Message) }

// call sends a signed request. When the platform refuses the access token, call gets a new one and retries once. A second
// call with the same externalID and body has no further effect.
func (b *biSNAP) call(ctx context.Context, path, externalID string, body, answer any) error {
	content, err := json.Marshal(body)
	if err != nil {
		return err
	}
	err = b.try(ctx, path, externalID, content, answer)
	var refused *snapError
	if errors.As(err, &refused) && strings.HasPrefix(refused.Code, "401") {
		b.forget()
		err = b.try(ctx, path, externalID, content, answer)
	}
	return err
}

func (b *biSNAP) try(ctx context.Context, path, externalID string, content []byte, answer any) error {
	token, err := b.accessToken(ctx)
	if err != nil {
		return err
	}
	timestamp := time.Now().Format(time.RFC3339)
	mac := hmac.New(sha512.New, []byte(b.clientSecret))
	mac.Write([]byte(strings.Join([]string{"POST", path, token, hexHash(content), timestamp}, ":")))
	return b.post(ctx, path, content, answer, map[string]string{
		"Authorization": "Bearer " + token,
		"X-PARTNER-ID":  b.partnerID,
		"CHANNEL-ID":    b.channelID,
		"X-EXTERNAL-ID": externalID,
		"X-TIMESTAMP":   timestamp,
		"X-SIGNATURE":   base64.StdEncoding.EncodeToString(mac.Sum(nil)),
	})
}

// accessToken returns the current access token. It gets a new one a minute before the old one expires.
func (b *biSNAP) accessToken(ctx context.Context) (string, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if time.Now().Before(b.expires) {
		return b.token, nil
	}
	timestamp := time.Now().Format(time.RFC3339)
	digest := sha256.Sum256([]byte(b.clientKey + "|" + timestamp))
	signature, err := rsa.SignPKCS1v15(rand.Reader, b.private, crypto.SHA256, digest[:])
	if err != nil {
		return "", err
	}
	var answer struct {
		AccessToken string `json:"accessToken"`
	}
	err = b.post(ctx, "/v1.0/access-token/b2b", []byte(`{"grantType":"client_credentials"}`), &answer, map[string]string{
		"X-CLIENT-KEY": b.clientKey,
		"X-TIMESTAMP":  timestamp,
		"X-SIGNATURE":  base64.StdEncoding.EncodeToString(signature),
	})
	if err == nil {
		b.token, b.expires = answer.AccessToken, time.Now().Add(14*time.Minute) // tokens live 15 minutes
	}
	return b.token, err
}

func (b *biSNAP) forget() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.expires = time.Time{}
}

func (b *biSNAP) post(ctx context.Context, path string, content []byte, answer any, headers map[string]string) error {
	r, err := http.NewRequestWithContext(ctx, "POST", b.url+path, bytes.NewReader(content))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	for name, value := range headers {
		r.Header.Set(name, value)
	}
	response, err := b.client.Do(r)
	if err != nil {
		return fmt.Errorf("asking the platform: %w", err)
	}
	defer func() { _ = response.Body.Close() }()
	data, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err != nil {
		return fmt.Errorf("reading the platform's answer: %w", err)
	}
	if response.StatusCode != http.StatusOK {
		refused := &snapError{Code: fmt.Sprint(response.StatusCode), Message: "without a responseMessage"}
		_ = json.Unmarshal(data, refused) // an answer that is not JSON keeps the defaults
		return refused
	}
	return json.Unmarshal(data, answer)
}

func hexHash(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}
