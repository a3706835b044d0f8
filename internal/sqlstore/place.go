package sqlstore

import (
	"errors"
	"net/url"
	"strings"
)

// Locate reads where a database is: sqlite:PATH or postgres://USER@HOST/NAME.
// It gives Options that say so and nothing else. Its error repeats nothing of
// the text: a password may stand in it.
func Locate(text string) (Options, error) {
	scheme, rest, found := strings.Cut(text, ":")
	switch {
	case found && scheme == "sqlite" && strings.HasPrefix(rest, "//"):
		return Options{}, errors.New("a SQLite database is sqlite:PATH without slashes of its own, such as sqlite:/var/lib/selasar.db or sqlite:kept.db")
	case found && scheme == "sqlite" && rest != "":
		return Options{Path: rest}, nil
	case found && (scheme == "postgres" || scheme == "postgresql"):
		return locatePostgres(text)
	default:
		return Options{}, errors.New("a database is sqlite:PATH or postgres://USER:PASSWORD@HOST:5432/NAME")
	}
}

func locatePostgres(text string) (Options, error) {
	u, err := url.Parse(text)
	if err != nil || !strings.Contains(text, "://") {
		return Options{}, errAddress
	}
	if strings.Trim(u.Path, "/") == "" && u.Query().Get("dbname") == "" {
		return Options{}, errors.New("the address names no database; it ends in /NAME: postgres://USER:PASSWORD@HOST:5432/NAME")
	}
	return Options{URL: text}, nil
}

// shown is a URL without its password and parameters.
func shown(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		scheme, _, _ := strings.Cut(address, ":")
		return scheme
	}
	at := url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}
	if name := u.User.Username(); name != "" {
		at.User = url.User(name)
	}
	return at.String()
}
