//go:build unix

package pgtest

import (
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"time"
)

// cluster is a running server.
type cluster struct {
	dir     string // the folder of the data, the socket and the server's log
	admin   *sql.DB
	sorting string    // the collation options for CREATE DATABASE
	keep    io.Closer // the server runs until this closes
	guard   *exec.Cmd

	mu   sync.Mutex
	made int
	free []database
}

// settings is the server's configuration. All its files are in its own folder.
const settings = `
listen_addresses = ''
max_connections = 400
shared_buffers = 128MB
synchronous_commit = on
wal_level = minimal
max_wal_senders = 0
jit = off
`

// careless disables waiting for the disk, because tests kill processes, not machines.
const careless = `
fsync = off
full_page_writes = off
`

// access is the content of pg_hba.conf.
const access = `
local all ` + Guarded + ` scram-sha-256
local all all trust
`

// guard runs the server until its standard input ends. That happens when the test
// process ends in any way. Then the guard stops the server at once and removes its
// folder.
const guard = `
"$1/postgres" -D "$2/data" -k "$2" >>"$2/log" 2>&1 &
server=$!
read -r _
kill -QUIT $server 2>/dev/null
wait $server
cd /
rm -rf "$2"
`

// linguistic makes a database sort texts by the rules of a language, as most
// databases do, and not by bytes as SQLite does.
const linguistic = "LOCALE_PROVIDER icu ICU_LOCALE 'en-US'"

func start(settings, sorting string) (*cluster, error) {
	programs, err := programs()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "selasar-pg-")
	if err != nil {
		return nil, err
	}
	c := &cluster{dir: dir, sorting: sorting}
	if err := c.run(programs, settings); err != nil {
		log, _ := os.ReadFile(filepath.Join(dir, "log"))
		return nil, errors.Join(fmt.Errorf("PostgreSQL: %w\n%s", err, log), c.stop())
	}
	return c, nil
}

// programs returns the folder of PostgreSQL's programs: PG_BIN, the newest version
// in Debian's folders, or the folder of initdb in PATH.
func programs() (string, error) {
	if dir := os.Getenv("PG_BIN"); dir != "" {
		return dir, nil
	}
	if found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb"); len(found) > 0 {
		return filepath.Dir(slices.MaxFunc(found, func(a, b string) int { return version(a) - version(b) })), nil
	}
	initdb, err := exec.LookPath("initdb")
	if err != nil {
		return "", errors.New("PostgreSQL's initdb is not installed")
	}
	return filepath.Dir(initdb), nil
}

func version(initdb string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(initdb)))) // 0 for a folder without a version number
	return n
}

func (c *cluster) run(programs, settings string) error {
	who, err := unprivileged(c.dir)
	if err != nil {
		return err
	}
	data := filepath.Join(c.dir, "data")
	initdb := exec.Command(filepath.Join(programs, "initdb"), "-D", data, "-U", super, "-E", "UTF8", "--locale=C", "-A", "trust", "--no-sync")
	initdb.Dir, initdb.SysProcAttr = c.dir, who
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	for name, text := range map[string]string{"postgresql.auto.conf": settings, "pg_hba.conf": access} {
		if err := os.WriteFile(filepath.Join(data, name), []byte(text), 0o600); err != nil {
			return err
		}
	}
	if err := c.serve(programs, who); err != nil {
		return err
	}
	for _, statement := range []string{
		"CREATE ROLE " + User + " LOGIN",
		fmt.Sprintf("CREATE ROLE %s LOGIN PASSWORD '%s'", Guarded, Password),
	} {
		if _, err := c.admin.Exec(statement); err != nil {
			return err
		}
	}
	return nil
}

// serve starts the server and waits until it accepts connections.
func (c *cluster) serve(programs string, who *syscall.SysProcAttr) (err error) {
	c.guard = exec.Command("/bin/sh", "-c", guard, "guard", programs, c.dir)
	own := *who
	own.Setpgid = true // a Ctrl-C at the terminal must not reach the server
	c.guard.Dir, c.guard.SysProcAttr = c.dir, &own
	if c.keep, err = c.guard.StdinPipe(); err != nil {
		return err
	}
	if err := c.guard.Start(); err != nil {
		c.guard = nil
		return err
	}
	if c.admin, err = sql.Open("pgx", c.address(super, super)); err != nil {
		return err
	}
	c.admin.SetMaxOpenConns(4)
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) { // poll, because PostgreSQL does not signal that it is ready
		if err = c.admin.Ping(); err == nil || time.Now().After(deadline) {
			return err
		}
	}
}

// unprivileged gives the folder to a user other than root, as PostgreSQL requires.
// It returns the process attributes to run as that user.
func unprivileged(dir string) (*syscall.SysProcAttr, error) {
	if os.Getuid() != 0 {
		return &syscall.SysProcAttr{}, nil
	}
	somebody, err := user.Lookup(super)
	if err != nil {
		if somebody, err = user.Lookup("nobody"); err != nil {
			return nil, err
		}
	}
	uid, err := strconv.ParseUint(somebody.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(somebody.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, os.Chown(dir, int(uid), int(gid))
}

// stop stops the server and removes its files.
func (c *cluster) stop() error {
	var err error
	for _, d := range c.free {
		err = errors.Join(err, d.admin.Close())
	}
	if c.admin != nil {
		err = errors.Join(err, c.admin.Close())
	}
	if c.guard != nil {
		_ = c.keep.Close() // this stops the server
		var failed *exec.ExitError
		if ended := c.guard.Wait(); !errors.As(ended, &failed) {
			err = errors.Join(err, ended)
		}
	}
	return errors.Join(err, os.RemoveAll(c.dir))
}
