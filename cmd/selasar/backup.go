package main

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/selasar/selasar/internal/serve"
)

// place has the flags of commands that use the files of a platform.
type place struct {
	Data      string `env:"SELASAR_DATA" default:"selasar-data" placeholder:"DIR" help:"Data folder of the platform (default: ${default})."`
	Database  string `env:"SELASAR_DATABASE" placeholder:"WHERE" help:"sqlite:PATH (default: selasar.db in the data folder)."`
	MasterKey string `env:"SELASAR_MASTER_KEY" hidden:""`
	Previous  string `name:"previous-master-key" env:"SELASAR_MASTER_KEY_PREVIOUS" hidden:""`
	Command   string `name:"master-key-command" env:"SELASAR_MASTER_KEY_COMMAND" hidden:""`
}

func (p place) config() serve.Config {
	return serve.Config{Data: p.Data, Database: p.Database, MasterKey: p.MasterKey, PreviousMasterKey: p.Previous, MasterKeyCommand: p.Command}
}

type backupCommand struct {
	place
	File string `arg:"" help:"The new file. It must not exist."`
}

// Run backs up the database of a platform on this machine.
func (c *backupCommand) Run(ctx context.Context, s streams) error {
	if err := serve.Backup(ctx, c.config(), c.File); err != nil {
		return err
	}
	_, err := fmt.Fprintf(s.out, "%s has the database; it has personal data, and no master key\nkeep %s in another safe place: without it, the backup cannot be read\n",
		c.File, filepath.Join(c.Data, "master.key"))
	return err
}

type restoreCommand struct {
	place
	File  string `arg:"" help:"The backup."`
	Force bool   `help:"Replace an existing database, which is kept under another name."`
}

// Run restores a backup into the data folder of a platform that does not run.
func (c *restoreCommand) Run(ctx context.Context, s streams) error {
	did, err := serve.Restore(ctx, c.config(), c.File, c.Force)
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintf(s.out, "%s is the backup %s\n", did.Path, c.File)
	if did.Aside != "" {
		_, _ = fmt.Fprintf(s.out, "the database before it is %s\n", did.Aside)
	}
	if !did.Key {
		_, _ = fmt.Fprintf(s.out, "put the master key of the backup into %s before you start the platform\n", filepath.Join(c.Data, "master.key"))
	}
	return nil
}
