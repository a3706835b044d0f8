package sourcetree

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// folder makes a folder with files, given as name and text in turn.
func folder(t *testing.T, files ...string) string {
	t.Helper()
	dir := t.TempDir()
	for i := 0; i < len(files); i += 2 {
		name := filepath.Join(dir, filepath.FromSlash(files[i]))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(files[i+1]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func read(t *testing.T, dir string, output bool) (names string, tally Tally) {
	t.Helper()
	var list []string
	tally, err := Read(dir, output, func(f File) { list = append(list, f.Name) })
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(list, " "), tally
}

func TestRead_visits_what_a_developer_has_written(t *testing.T) {
	dir := folder(t,
		"index.html", "", "src/a.TS", "", "src/b.astro", "", "src/c.css", "", "lib.min.js", "", "bundle.js", "x\n//# sourceMappingURL=x",
		"node_modules/p/a.js", "", ".next/a.js", "", "target/a.js", "", "bower_components/a.js", "", "deep/dist/a.js", "", "large.js", strings.Repeat(" ", MaxFile+1))
	names, tally := read(t, dir, false)
	if names != "index.html src/a.TS src/b.astro" || tally.Files != 3 || tally.Large != 1 || tally.More {
		t.Errorf("read %q, %+v", names, tally)
	}
	names, _ = read(t, dir, true)
	if want := "bower_components/a.js bundle.js deep/dist/a.js index.html lib.min.js src/a.TS src/b.astro target/a.js"; names != want {
		t.Errorf("with the output of a build, read %q, want %q", names, want)
	}
}

func TestRead_continues_after_a_file_that_cannot_be_read(t *testing.T) {
	dir := folder(t, "b.js", "")
	if err := os.Symlink("nowhere.js", filepath.Join(dir, "a.js")); err != nil {
		t.Skip(err)
	}
	if names, tally := read(t, dir, false); names != "b.js" || tally.Closed != nil {
		t.Errorf("read %q past a link to nothing, %+v", names, tally)
	}
	if os.Getuid() == 0 {
		t.Skip("root can read every folder")
	}
	if err := os.Mkdir(filepath.Join(dir, "closed"), 0); err != nil {
		t.Fatal(err)
	}
	if names, tally := read(t, dir, false); names != "b.js" || tally.Closed == nil {
		t.Errorf("read %q beside a closed folder, %+v", names, tally)
	}
}

func TestRead_returns_the_error_of_the_folder_itself(t *testing.T) {
	if _, err := Read(filepath.Join(t.TempDir(), "none"), false, nil); err == nil {
		t.Error("a folder that does not exist was read")
	}
}
