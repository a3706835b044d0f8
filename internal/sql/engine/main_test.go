package engine

import (
	"os"
	"testing"

	"github.com/selasar/selasar/internal/testkit/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Run(m)) }
