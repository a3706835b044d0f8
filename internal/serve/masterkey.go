package serve

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/sqlstore"
)

// keyFile is the name of the master key's file in the data folder. While it changes, the
// next key is beside it.
const (
	keyFile     = "master.key"
	nextKeyFile = "master.key.next"
)

// commandTime limits the command that prints the master key.
const commandTime = 30 * time.Second

// masterKey returns the master key: of the environment, of a command such as the client of
// a key management service, or of the file in the data folder. It makes a new file only
// for a new database on this machine.
func (c Config) masterKey(ctx context.Context, o sqlstore.Options) (*secret.Key, error) {
	switch {
	case c.MasterKey != "" && c.MasterKeyCommand != "":
		return nil, errors.New("SELASAR_MASTER_KEY and --master-key-command both give the master key; leave one of them away")
	case c.MasterKey != "":
		return secret.Parse(c.MasterKey)
	case c.MasterKeyCommand != "":
		return c.commandKey(ctx)
	}
	path := c.keyPath()
	if missing(path) && o.Path != "" && !missing(o.Path) {
		return nil, fmt.Errorf("%s is gone, and %s cannot be read without it; put it back from a backup, or give it as SELASAR_MASTER_KEY", path, o.Path)
	}
	return secret.Open(path)
}

// keyPath returns the file of the master key. After a crash between the two renames of a
// change, that is the next key's.
func (c Config) keyPath() string {
	path, next := filepath.Join(c.Data, keyFile), filepath.Join(c.Data, nextKeyFile)
	if missing(path) && !missing(next) {
		return next
	}
	return path
}

// finishRename makes up for the second rename of a change. The caller holds the data
// folder, so that no other process is between its renames.
func (c Config) finishRename() error {
	if path := filepath.Join(c.Data, keyFile); c.keyPath() != path {
		return os.Rename(c.keyPath(), path)
	}
	return nil
}

// previousKey returns the master key before a change; nil for none.
func (c Config) previousKey() (*secret.Key, error) {
	if c.PreviousMasterKey != "" {
		return secret.Parse(c.PreviousMasterKey)
	}
	return nil, nil
}

// commandKey runs the command and reads the key from its output, which is never logged.
func (c Config) commandKey(ctx context.Context) (*secret.Key, error) {
	ctx, cancel := context.WithTimeout(ctx, commandTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, "/bin/sh", "-c", c.MasterKeyCommand)
	var failure bytes.Buffer
	cmd.Stderr = &failure
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("--master-key-command: %w: %s", err, firstLine(failure.Bytes()))
	}
	key, err := secret.Parse(string(out))
	if err != nil {
		return nil, fmt.Errorf("--master-key-command: its output: %w", err)
	}
	return key, nil
}

func firstLine(text []byte) string {
	line, _, _ := bytes.Cut(bytes.TrimSpace(text), []byte("\n"))
	return string(line[:min(len(line), 200)])
}

func missing(path string) bool {
	_, err := os.Stat(path)
	return errors.Is(err, os.ErrNotExist)
}

// nextKey returns the key of a change: what the command prints now, or a new key in a file
// beside the current one. settle finishes the change after the commit. A key from the environment changes by a restart with
// SELASAR_MASTER_KEY_PREVIOUS.
func (c Config) nextKey(ctx context.Context) (next *secret.Key, settle func() error, err error) {
	switch {
	case c.MasterKey != "":
		return nil, nil, problem.New(problem.Conflict, "the master key comes from SELASAR_MASTER_KEY: restart with the new one there, and the old one in SELASAR_MASTER_KEY_PREVIOUS")
	case c.MasterKeyCommand != "":
		next, err = c.commandKey(ctx)
		return next, func() error { return nil }, err
	}
	next, err = secret.Open(filepath.Join(c.Data, nextKeyFile))
	return next, c.settleFiles, err
}

// settleFiles makes the next key's file the current one, and keeps the old file: earlier
// backups need it.
func (c Config) settleFiles() error {
	path := filepath.Join(c.Data, keyFile)
	kept := path + "." + strconv.FormatInt(time.Now().UnixMilli(), 10)
	if err := os.Rename(path, kept); err != nil {
		return fmt.Errorf("keeping the old master key: %w", err)
	}
	if err := os.Rename(filepath.Join(c.Data, nextKeyFile), path); err != nil {
		return fmt.Errorf("placing the new master key: %w", err)
	}
	return nil
}

// interrupted returns the next key of a change that a crash has interrupted; nil for none.
// The database may belong to it already.
func (c Config) interrupted() (*secret.Key, error) {
	if c.MasterKey != "" || c.MasterKeyCommand != "" || missing(filepath.Join(c.Data, nextKeyFile)) {
		return nil, nil
	}
	return secret.Open(filepath.Join(c.Data, nextKeyFile))
}
