package command

import (
	"strings"
	"testing"
)

func TestCause_is_the_last_line_that_says_something(t *testing.T) {
	for want, output := range map[string]string{
		`npm error Missing script: "dev"`: `npm error Missing script: "dev"
npm error
npm error To see a list of scripts, run:
npm error   npm run
npm error A complete log of this run can be found in: /root/.npm/_logs/2026-11-29T10_00_00_000Z-debug-0.log`,
		`npm ERR! Missing script: "dev"`: `npm ERR! Missing script: "dev"
npm ERR!
npm ERR! A complete log of this run can be found in:
npm ERR!     /root/.npm/_logs/2026-11-29T10_00_00_000Z-debug-0.log`,
		`npm error enoent Could not read package.json: Error: ENOENT: no such file or directory, open '/tmp/x/package.json'`: `npm error code ENOENT
npm error syscall open
npm error path /tmp/x/package.json
npm error errno -2
npm error enoent Could not read package.json: Error: ENOENT: no such file or directory, open '/tmp/x/package.json'
npm error enoent This is related to npm not being able to find a file.
npm error enoent
npm error A complete log of this run can be found in: /root/.npm/_logs/x-debug-0.log`,
		"sh: 1: vite: not found": `
> kopi@1.0.0 dev
> vite

sh: 1: vite: not found
npm error Lifecycle script ` + "`dev`" + ` failed with error:
npm error code 127
npm error path /tmp/x
npm error workspace kopi@1.0.0
npm error location /tmp/x
npm error command failed
npm error command sh -c vite`,
		"Error: Cannot find module 'express'": `node:internal/modules/cjs/loader:1228
  throw err;
  ^

Error: Cannot find module 'express'
Require stack:
- /app/server.js
    at Module._resolveFilename (node:internal/modules/cjs/loader:1225:15)
    at node:internal/main/run_main_module:28:49 {
  code: 'MODULE_NOT_FOUND',
  requireStack: [ '/app/server.js' ]
}

Node.js v20.20.2`,
		"Error: listen EADDRINUSE: address already in use :::3000": `node:events:497
      throw er; // Unhandled 'error' event
      ^

Error: listen EADDRINUSE: address already in use :::3000
    at Server.setupListenHandle [as _listen2] (node:net:1817:16)
Emitted 'error' event on Server instance at:
    at emitErrorNT (node:net:1796:8) {
  code: 'EADDRINUSE',
  errno: -98,
  syscall: 'listen',
  address: '::',
  port: 3000
}

Node.js v20.20.2`,
		"panic: no such table": `panic: no such table

goroutine 1 [running]:
main.main()
	/tmp/x/main.go:4 +0x18
exit status 2`,
		"ModuleNotFoundError: No module named 'flask'": `Traceback (most recent call last):
  File "/app/app.py", line 1, in <module>
    import flask
ModuleNotFoundError: No module named 'flask'`,
		"error when starting dev server: port is taken": "\x1b[31merror when starting dev server: port is taken\x1b[39m\n ELIFECYCLE  Command failed with exit code 1.",
		"cannot find the config":                        "cannot find the config\nerror Command failed with exit code 1.\ninfo Visit https://yarnpkg.com/en/docs/cli/run for documentation about this command.",
		"no rule for it":                                "no rule for it\n[0] npm run api exited with code 1\nmake: *** [Makefile:3: dev] Error 1",
		"error: Script not found \"dev\"":               "error: Script not found \"dev\"",
		"}":                                             "{\n}",
	} {
		if got := causeOf(strings.Split(output, "\n")); got != want {
			t.Errorf("cause %q, want %q", got, want)
		}
	}
	if got := causeOf(nil); got != "" {
		t.Errorf("cause of nothing: %q", got)
	}
}
