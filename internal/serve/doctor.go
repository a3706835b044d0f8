package serve

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/selasar/selasar/internal/sqlstore"
)

// Finding is the result of one check of a platform.
type Finding struct {
	Check   string `json:"check"`
	State   State  `json:"state"`
	Message string `json:"message"` // for a warning or a failure, with the remedy
}

// State is the state of a finding.
type State string

// The states.
const (
	OK      State = "ok"
	Warning State = "warning"
	Failing State = "failing"
)

// Examine checks the configuration and the files of a platform on this machine, also while
// it runs. It changes nothing.
func Examine(ctx context.Context, c Config, now time.Time) []Finding {
	_, err := c.check()
	found := []Finding{resultOf("configuration", err, "the flags and variables are valid")}
	if err != nil {
		return found
	}
	o, err := c.place()
	if err != nil {
		return append(found, resultOf("database", err, ""))
	}
	found = append(found, examineDatabase(ctx, o), c.examineKey(ctx, o))
	if o.URL == "" {
		found = append(found, examineDisk(c.Data))
	}
	if c.TLSCert != "" {
		found = append(found, c.examineCertificate(now))
	}
	return found
}

func resultOf(check string, err error, fine string) Finding {
	if err != nil {
		return Finding{check, Failing, err.Error()}
	}
	return Finding{check, OK, fine}
}

func examineDatabase(ctx context.Context, o sqlstore.Options) Finding {
	if _, err := os.Stat(o.Path); o.URL == "" && err != nil {
		return Finding{"database", Failing, fmt.Sprintf("there is no database %s; name the data folder with --data, or start selasar serve once", o.Path)}
	}
	have, want, err := sqlstore.Inspect(ctx, o)
	switch {
	case err == nil && have < want:
		return Finding{"database", Warning, fmt.Sprintf("its schema has version %d, and this program makes %d; the next start migrates it, so make a backup first", have, want)}
	default:
		return resultOf("database", err, fmt.Sprintf("it answers, with schema version %d", have))
	}
}

func (c Config) examineKey(ctx context.Context, o sqlstore.Options) Finding {
	path := filepath.Join(c.Data, keyFile)
	key, err := c.existingKey(ctx)
	switch {
	case err != nil:
		return Finding{"master key", Failing, err.Error()}
	case key == nil:
		return Finding{"master key", Failing, fmt.Sprintf("there is no %s; put it back from a backup, or give it as SELASAR_MASTER_KEY", path)}
	}
	if info, err := os.Stat(path); c.MasterKey == "" && c.MasterKeyCommand == "" && err == nil && info.Mode().Perm()&0o077 != 0 {
		return Finding{"master key", Warning, fmt.Sprintf("other users may read %s; run chmod 600 %s", path, path)}
	}
	if o.URL == "" {
		if _, err := os.Stat(o.Path); err != nil {
			return Finding{"master key", OK, "it is there"}
		}
		_, err = c.owns(ctx, o.Path)
	}
	return resultOf("master key", err, "it is the one of the database")
}

// soon is when a certificate or a key that ends is worth a warning.
const soon = 14 * 24 * time.Hour

func (c Config) examineCertificate(now time.Time) Finding {
	loaded, err := c.certificate()
	if err != nil {
		return Finding{"TLS", Failing, err.Error()}
	}
	leaf := loaded.current.Leaf
	if leaf == nil {
		if leaf, err = x509.ParseCertificate(loaded.current.Certificate[0]); err != nil {
			return Finding{"TLS", Failing, err.Error()}
		}
	}
	return Ends("TLS", leaf.NotAfter, now, "the certificate", "renew it")
}

// Ends returns a finding about something that expires at a time.
func Ends(check string, at, now time.Time, what, remedy string) Finding {
	when := at.UTC().Format("2 January 2006 15:04 UTC")
	switch left := at.Sub(now); {
	case left <= 0:
		return Finding{check, Failing, fmt.Sprintf("%s expired on %s; %s", what, when, remedy)}
	case left < soon:
		return Finding{check, Warning, fmt.Sprintf("%s expires on %s; %s", what, when, remedy)}
	default:
		return Finding{check, OK, fmt.Sprintf("%s is valid until %s", what, when)}
	}
}

// leastSpace and lowSpace are the free bytes of a disk that are a failure and a warning.
const leastSpace, lowSpace = 256 << 20, 2 << 30

func examineDisk(dir string) Finding {
	free, err := freeSpace(dir)
	text := fmt.Sprintf("%.1f GiB are free", float64(free)/(1<<30))
	switch {
	case errors.Is(err, errors.ErrUnsupported):
		return Finding{"disk", OK, "not checked on this system"}
	case err != nil:
		return Finding{"disk", Failing, err.Error()}
	case free < leastSpace:
		return Finding{"disk", Failing, text + " in " + dir + "; make room, or nothing can be stored soon"}
	case free < lowSpace:
		return Finding{"disk", Warning, text + " in " + dir + "; make room"}
	default:
		return Finding{"disk", OK, text}
	}
}
