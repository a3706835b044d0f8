package programtest

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"strconv"
)

// miniServerVariable makes the test binary act as a mini app's command. It names
// the file for the process id. A POST to /hangs is never answered; the server marks
// its arrival with a second file that ends in .hit. Selasar hands on no variable of its
// own, so the name has no SELASAR_.
const miniServerVariable = "TEST_MINI_SERVER"

func miniServer() {
	pid := os.Getenv(miniServerVariable)
	http.HandleFunc("POST /hangs", func(http.ResponseWriter, *http.Request) {
		_ = os.WriteFile(pid+".hit", nil, 0o600)
		select {}
	})
	err := os.WriteFile(pid, []byte(strconv.Itoa(os.Getpid())), 0o600)
	if err == nil {
		err = http.ListenAndServe(net.JoinHostPort("127.0.0.1", os.Getenv("PORT")), nil)
	}
	fmt.Println(err)
	os.Exit(1)
}
