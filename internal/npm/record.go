package npm

import (
	"encoding/json"
	"errors"
	"fmt"
)

// ProgramPackages is how the names of the packages that carry Selasar's program begin.
const ProgramPackages = "@selasar/cli-"

// Record is the member "selasar" in the package.json of a package that carries the program.
type Record struct {
	SHA256 string `json:"sha256"` // of the program, in hexadecimal
}

// Program is what a package.json says about the program in its package.
type Program struct {
	Name    string
	Version string
	Selasar Record
}

// ReadProgram reads the package.json of a package that carries the program.
func ReadProgram(text []byte) (p Program, err error) {
	if err := json.Unmarshal(text, &p); err != nil {
		return p, fmt.Errorf("it is not valid JSON: %w", err)
	}
	if len(p.Selasar.SHA256) != 64 {
		return p, errors.New(`it records no SHA-256 in "selasar": {"sha256": "..."}`)
	}
	return p, nil
}
