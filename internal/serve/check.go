package serve

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/selasar/selasar/internal/server"
	"github.com/selasar/selasar/internal/sqlstore"
)

// Check validates a configuration, connects to its database, and returns lines about what
// a start would do. It changes nothing. The error is the first one of a start.
func Check(ctx context.Context, c Config) (report []string, err error) {
	if _, err := c.check(); err != nil {
		return nil, err
	}
	if _, err := c.certificate(); err != nil {
		return nil, err
	}
	for _, one := range [][2]string{{c.Listen, "--listen"}, {c.AdminListen, "--admin-listen"}} {
		l, err := server.Listen(one[0], one[1])
		if err != nil {
			return report, err
		}
		if err := l.Close(); err != nil {
			return report, err
		}
		report = append(report, fmt.Sprintf("%s %s is free", one[1], one[0]))
	}
	database, err := c.place()
	if err == nil {
		err = c.checkKey(ctx, database)
	}
	if err != nil {
		return report, err
	}
	if _, err := os.Stat(database.Path); database.URL == "" && errors.Is(err, os.ErrNotExist) {
		return append(report, fmt.Sprintf("a start makes the database %s and a first owner's key", database.Path)), nil
	}
	have, want, err := sqlstore.Inspect(ctx, database)
	switch {
	case err != nil:
		return report, err
	case have == want:
		report = append(report, fmt.Sprintf("the database has schema version %d, which this program knows", have))
	case have == 0:
		report = append(report, fmt.Sprintf("the database is empty; a start makes schema version %d and a first owner's key", want))
	default:
		report = append(report, fmt.Sprintf("a start migrates the database from schema version %d to %d; it cannot go back", have, want))
	}
	return report, nil
}

// checkKey reads the master key, and makes none.
func (c Config) checkKey(ctx context.Context, o sqlstore.Options) error {
	file := c.MasterKey == "" && c.MasterKeyCommand == ""
	if file && missing(c.keyPath()) && (o.Path == "" || missing(o.Path)) {
		return nil // a start makes it
	}
	if _, err := c.previousKey(); err != nil {
		return fmt.Errorf("SELASAR_MASTER_KEY_PREVIOUS: %w", err)
	}
	_, err := c.masterKey(ctx, o)
	return err
}
