package browser

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
)

// Variable is the environment variable that names the browser's program.
const Variable = "SELASAR_CHROMIUM"

// ErrMissing is wrapped by the error of Find when no browser is installed.
var ErrMissing = errors.New("no Chromium, Chrome or Edge was found")

// Find returns the path of the browser: the one that Variable names, or an installed one.
func Find() (string, error) {
	if named := os.Getenv(Variable); named != "" {
		path, err := exec.LookPath(named)
		if err != nil {
			return "", fmt.Errorf("%s names %s, which cannot be run; name the program of Chromium, Chrome or Edge", Variable, named)
		}
		return path, nil
	}
	programs := candidates(runtime.GOOS, os.Getenv)
	for _, program := range programs {
		if path, err := exec.LookPath(program); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("%w; install one, or set %s to the path of its program (looked for %s)", ErrMissing, Variable, strings.Join(programs, ", "))
}

// candidates are the usual names and paths of the browsers on an operating system, the
// best first.
func candidates(system string, env func(string) string) (programs []string) {
	switch system {
	case "darwin":
		for _, folder := range []string{"/Applications", env("HOME") + "/Applications"} {
			for _, name := range []string{"Google Chrome", "Chromium", "Microsoft Edge"} {
				programs = append(programs, folder+"/"+name+".app/Contents/MacOS/"+name)
			}
		}
	case "windows":
		for _, variable := range []string{"ProgramFiles", "ProgramFiles(x86)", "LocalAppData"} {
			if folder := env(variable); folder != "" {
				programs = append(programs, folder+`\Google\Chrome\Application\chrome.exe`, folder+`\Chromium\Application\chrome.exe`, folder+`\Microsoft\Edge\Application\msedge.exe`)
			}
		}
	default:
		programs = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "microsoft-edge-stable", "/snap/bin/chromium"}
	}
	return programs
}
