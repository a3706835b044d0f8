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
	dir     string // with the data, the socket and the server's own log
	admin   *sql.DB
	sorting string    // of its databases, as CREATE DATABASE takes it
	keep    io.Closer // as long as it is open, the server lives
	guard   *exec.Cmd

	mu   sync.Mutex
	made int
	free []database
}

// settings of the server; its folder is its own, so nothing of it is left.
const settings = `
listen_addresses = ''
max_connections = 400
shared_buffers = 128MB
synchronous_commit = on
wal_level = minimal
max_wal_senders = 0
jit = off
`

// careless spares tests the waits for a disk: they kill processes, not machines.
const careless = `
fsync = off
full_page_writes = off
`

// who may connect how.
const access = `
local all ` + Guarded + ` scram-sha-256
local all all trust
`

// guard runs the server until its own input ends, which it does with the
// process that holds the other end, however that ends. Then the server stops at
// once, and nothing of it is left.
const guard = `
"$1/postgres" -D "$2/data" -k "$2" >>"$2/log" 2>&1 &
server=$!
read -r _
kill -QUIT $server 2>/dev/null
wait $server
cd /
rm -rf "$2"
`

// asPeople sorts texts as databases mostly do: by the rules of a language, and
// not by their bytes as SQLite does.
const asPeople = "LOCALE_PROVIDER icu ICU_LOCALE 'en-US'"

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

// programs finds the folder of PostgreSQL's programs: PG_BIN, where Debian has
// them, the newest first, or wherever initdb is.
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
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(initdb)))) // 0 for a folder that is no number
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

// serve starts the server and waits until it takes connections.
func (c *cluster) serve(programs string, who *syscall.SysProcAttr) (err error) {
	c.guard = exec.Command("/bin/sh", "-c", guard, "guard", programs, c.dir)
	own := *who
	own.Setpgid = true // a Ctrl-C at the terminal is for the tests
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
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) { // PostgreSQL tells nobody that it is ready
		if err = c.admin.Ping(); err == nil || time.Now().After(deadline) {
			return err
		}
	}
}

// unprivileged gives the folder to somebody who is not root, as PostgreSQL
// demands, and what a process needs to be run as that one.
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

// stop ends the server and removes everything.
func (c *cluster) stop() error {
	var err error
	for _, d := range c.free {
		err = errors.Join(err, d.admin.Close())
	}
	if c.admin != nil {
		err = errors.Join(err, c.admin.Close())
	}
	if c.guard != nil {
		_ = c.keep.Close() // this ends it
		var failed *exec.ExitError
		if ended := c.guard.Wait(); !errors.As(ended, &failed) {
			err = errors.Join(err, ended)
		}
	}
	return errors.Join(err, os.RemoveAll(c.dir))
}
