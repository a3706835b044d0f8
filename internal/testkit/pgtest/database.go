//go:build unix

package pgtest

import (
	"database/sql"
	"fmt"
)

// database is a database that tests use one after another.
type database struct {
	name  string
	admin *sql.DB // a superuser's connection
}

// take returns an unused database.
func (c *cluster) take() (database, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if n := len(c.free); n > 0 {
		d := c.free[n-1]
		c.free = c.free[:n-1]
		return d, nil
	}
	c.made++
	d := database{name: fmt.Sprintf("test_%d", c.made)}
	_, err := c.admin.Exec(fmt.Sprintf("CREATE DATABASE %s OWNER %s TEMPLATE template0 %s", d.name, User, c.sorting))
	if err != nil {
		return d, err
	}
	d.admin, err = sql.Open("pgx", c.address(super, d.name))
	if err == nil {
		d.admin.SetMaxOpenConns(1)
		err = d.empty()
	}
	return d, err
}

// give empties a database and makes it available for the next test.
func (c *cluster) give(d database) error {
	if err := d.empty(); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.free = append(c.free, d)
	return nil
}

// empty ends all connections to a database and removes all changes of a test.
func (d database) empty() error {
	for _, statement := range []string{
		"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
		"DROP SCHEMA IF EXISTS public CASCADE",
		"CREATE SCHEMA public AUTHORIZATION " + User,
		"GRANT USAGE ON SCHEMA public TO PUBLIC",
		"ALTER DATABASE " + d.name + " RESET ALL",
		"SELECT pg_stat_reset()",
	} {
		if _, err := d.admin.Exec(statement); err != nil {
			return fmt.Errorf("emptying a database, %s: %w", statement, err)
		}
	}
	return nil
}
