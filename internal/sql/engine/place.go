package engine

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
)

// Place is the location of a database: a SQLite file, or a URL of PostgreSQL.
type Place struct {
	Path string
	URL  string // instead of Path
}

var errAddress = errors.New("the address of a PostgreSQL database is postgres://USER:PASSWORD@HOST:5432/NAME, with the special characters of the password escaped (%40 for @)")

// Locate parses a place: sqlite:PATH or postgres://USER@HOST/NAME. The error quotes
// nothing of the text, because the text may contain a password.
func Locate(text string) (Place, error) {
	scheme, rest, found := strings.Cut(text, ":")
	switch {
	case found && scheme == "sqlite" && strings.HasPrefix(rest, "//"):
		return Place{}, errors.New("a SQLite database is sqlite:PATH without slashes of its own, such as sqlite:/var/lib/selasar.db or sqlite:kept.db")
	case found && scheme == "sqlite" && rest != "":
		if info, err := os.Stat(rest); err == nil && !info.Mode().IsRegular() {
			return Place{}, fmt.Errorf("%s is not a file; a SQLite database is a file, which is created if there is none", rest)
		}
		return Place{Path: rest}, nil
	case found && (scheme == "postgres" || scheme == "postgresql"):
		return locatePostgres(text)
	default:
		return Place{}, errors.New("a database is sqlite:PATH or postgres://USER:PASSWORD@HOST:5432/NAME")
	}
}

func locatePostgres(text string) (Place, error) {
	u, err := url.Parse(text)
	if err != nil || !strings.Contains(text, "://") {
		return Place{}, errAddress
	}
	if strings.Trim(u.Path, "/") == "" && u.Query().Get("dbname") == "" {
		return Place{}, errors.New("the address names no database; it ends in /NAME: postgres://USER:PASSWORD@HOST:5432/NAME")
	}
	return Place{URL: text}, nil
}

// String returns the path, or the URL without its password and parameters.
func (p Place) String() string {
	if p.URL == "" {
		return p.Path
	}
	u, err := url.Parse(p.URL)
	if err != nil {
		scheme, _, _ := strings.Cut(p.URL, ":")
		return scheme
	}
	shown := url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}
	if name := u.User.Username(); name != "" {
		shown.User = url.User(name)
	}
	return shown.String()
}
