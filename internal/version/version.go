// Package version compares app versions by the rules of semantic versioning:
// 1.9.0 is older than 1.36.0. Methods state the version that they need.
package version

import (
	"fmt"

	"github.com/Masterminds/semver/v3"
)

// Version is an app version such as 2.10.0, with the release that it leads to.
// The zero value is older than every other version.
type Version struct{ v, release *semver.Version }

// Parse reads a version of one to three parts, with or without a leading v.
func Parse(s string) (Version, error) {
	v, err := semver.NewVersion(s)
	if err != nil {
		return Version{}, fmt.Errorf("%q is not a version; write it as 2.10.0", s)
	}
	return Version{v, semver.New(v.Major(), v.Minor(), v.Patch(), "", "")}, nil
}

// Must is Parse for versions written in the code; it panics on a bad one.
func Must(s string) Version {
	v, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return v
}

// AtLeast reports whether v is equal to or newer than gate. A pre-release counts
// as its release, because a beta of the super app has the methods of the release.
func (v Version) AtLeast(gate Version) bool {
	if gate.v == nil {
		return true
	}
	if v.v == nil {
		return false
	}
	return v.release.Compare(gate.release) >= 0
}

// String returns the version in the form that Parse read.
func (v Version) String() string {
	if v.v == nil {
		return ""
	}
	return v.v.Original()
}

// MarshalText returns the same text as String.
func (v Version) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText reads a version as Parse does; an empty text is the zero value.
func (v *Version) UnmarshalText(text []byte) error {
	parsed, err := Parse(string(text))
	if err != nil {
		return err
	}
	*v = parsed
	return nil
}
