package credential

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/selasar/selasar/internal/secret"
)

// Names. Each contains the mini app's id and a part derived from it, so that an
// invented name, or one of another platform, is refused.

func (s *Service) clientID(miniAppID string) string {
	proof := s.Key.Derive("client id", miniAppID)
	return miniAppID + "-" + hex.EncodeToString(proof[:4])
}

func (s *Service) popID(miniAppID string) string {
	pop := s.Key.Derive("pop id", miniAppID)
	pop[6], pop[8] = pop[6]&0x0f|0x40, pop[8]&0x3f|0x80
	return uuid.UUID(pop[:]).String()
}

// merchantID returns G and nine digits, like the documentation's samples.
func (s *Service) merchantID(miniAppID string) string {
	return fmt.Sprintf("G%09d", 100_000_000+s.number("merchant id", miniAppID)%900_000_000)
}

func (s *Service) channelID(miniAppID string) string {
	return strconv.FormatUint(10_000+s.number("channel id", miniAppID)%90_000, 10)
}

func (s *Service) number(what, miniAppID string) uint64 {
	sum := s.Key.Derive(what, miniAppID)
	return binary.BigEndian.Uint64(sum[:])
}

func (s *Service) partnerID(miniAppID string) string {
	return s.merchantID(miniAppID) + "-" + miniAppID
}

const clientKeyEnd = "-SNAP"

func (s *Service) clientKey(miniAppID string) string { return s.partnerID(miniAppID) + clientKeyEnd }

func (s *Service) checkoutClientKey(miniAppID string) string {
	proof := s.Key.Derive("checkout client key", miniAppID)
	return "SB-Mid-client-" + miniAppID + "-" + hex.EncodeToString(proof[:8])
}

// ofPartner returns the mini app of a partner id; ok is false for an invalid one.
func (s *Service) ofPartner(partnerID string) (miniAppID string, ok bool) {
	_, miniAppID, ok = strings.Cut(partnerID, "-")
	return miniAppID, ok && secret.Equal(s.partnerID(miniAppID), partnerID)
}

// ofClientID returns the mini app of a client id.
func (s *Service) ofClientID(id string) (miniAppID string, ok bool) {
	at := max(strings.LastIndexByte(id, '-'), 0)
	return id[:at], secret.Equal(s.clientID(id[:at]), id)
}

// Secrets. They are longer than every name, so that the journal recognizes and masks
// them everywhere (mask.Text).

func (s *Service) clientSecret(miniAppID string, generation int) string {
	return s.derived("client secret", miniAppID, generation)
}

func (s *Service) snapSecret(miniAppID string, generation int) string {
	return s.derived("snap client secret", miniAppID, generation)
}

const serverKeyStart = "SB-Mid-server-"

var serverKeyForm = regexp.MustCompile(`^` + serverKeyStart + `([!-~]+)-[0-9a-f]{64}$`)

// ofServerKey returns the mini app of a server key. It checks only the form; the
// caller checks the secret part, which depends on the generation.
func ofServerKey(key string) (miniAppID string, ok bool) {
	parts := serverKeyForm.FindStringSubmatch(key)
	if parts == nil {
		return "", false
	}
	return parts[1], true
}

func (s *Service) serverKey(miniAppID string, generation int) string {
	return serverKeyStart + miniAppID + "-" + s.derived("checkout server key", miniAppID, generation)
}

func (s *Service) derived(what, miniAppID string, generation int) string {
	proof := s.Key.Derive(what, miniAppID, strconv.Itoa(generation))
	return hex.EncodeToString(proof[:])
}
