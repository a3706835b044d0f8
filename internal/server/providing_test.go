package server_test

import (
	"bufio"
	"context"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/provider"
	"github.com/selasar/selasar/internal/secret"
	"github.com/selasar/selasar/internal/server"
	"github.com/selasar/selasar/internal/sqlstore"
)

const sharedSecret = "a-secret-with-at-least-32-characters"

// program is examples/provider as a process of its own, which a test can kill.
type program struct {
	t          *testing.T
	folder, at string // its address
	binary     string
	process    *exec.Cmd
}

func buildProgram(t *testing.T) *program {
	t.Helper()
	p := &program{t: t, folder: t.TempDir(), at: "127.0.0.1:0"}
	p.binary = filepath.Join(p.folder, "provider")
	build := exec.Command("go", "build", "-o", p.binary, ".")
	build.Dir = "../../examples/provider"
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building the example: %v\n%s", err, out)
	}
	must(t, os.WriteFile(filepath.Join(p.folder, "secret"), []byte(sharedSecret), 0o600))
	t.Cleanup(p.kill)
	return p
}

// start starts the process, at the address of the last start.
func (p *program) start() {
	p.t.Helper()
	p.process = exec.Command(p.binary, "-listen", p.at, "-secret-file", filepath.Join(p.folder, "secret"), "-data", p.ledger())
	said, err := p.process.StderrPipe()
	must(p.t, err)
	must(p.t, p.process.Start())
	line, err := bufio.NewReader(said).ReadString('\n')
	must(p.t, err)
	_, at, found := strings.Cut(strings.TrimSpace(line), "http://")
	if !found {
		p.t.Fatalf("the example says %q", line)
	}
	p.at = at
}

// kill kills the process with SIGKILL and waits for its end.
func (p *program) kill() {
	if p.process != nil {
		_ = p.process.Process.Kill()
		_ = p.process.Wait()
		p.process = nil
	}
}

func (p *program) ledger() string { return filepath.Join(p.folder, "ledger.jsonl") }

// charges returns how many charges the ledger has made.
func (p *program) charges() int {
	text, err := os.ReadFile(p.ledger())
	must(p.t, err)
	return strings.Count(string(text), `"state":"charged"`)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// openAt opens a platform with a provider and the mini app kopi.
func openAt(t *testing.T, path, url string, timeout time.Duration) *server.Platform {
	t.Helper()
	p, err := server.Open(t.Context(), server.Config{
		Database: sqlstore.Options{Path: path, Key: secret.New([secret.KeySize]byte{7})},
		Host:     func(context.Context, *server.Platform) (server.Host, error) { return server.Host{}, nil },
		Provider: &provider.Config{URL: url, Secrets: []string{sharedSecret}, Timeout: timeout},
	})
	must(t, err)
	must(t, p.DB.Write(t.Context(), func(tx *sqlstore.Tx) error {
		return tx.MiniApps().Put(t.Context(), miniapp.App{ID: "kopi", Name: "Kopi", Generation: miniapp.Webview, Status: miniapp.Active, Origin: "https://kopi.example", EntryURL: "https://kopi.example/"})
	}))
	return p
}

func order(t *testing.T, p *server.Platform, amount money.Rupiah) string {
	t.Helper()
	made, err := p.Payments.Create(t.Context(), payment.Order{MiniAppID: "kopi", Amount: amount, Title: "Es kopi"})
	must(t, err)
	return made.Ref
}

func stateOf(t *testing.T, p *server.Platform, ref string) (kept payment.Payment) {
	t.Helper()
	must(t, p.DB.Read(t.Context(), func(tx *sqlstore.Tx) (err error) { kept, err = tx.Payments().Get(t.Context(), ref); return err }))
	return kept
}

// The provider is killed after it has charged and before its answer arrives. After its
// restart, and that of the platform, the payment is paid, and the user was charged once.
func TestProvider_killed_between_charge_and_answer_charges_once(t *testing.T) {
	t.Parallel()
	example := buildProgram(t)
	example.start()
	to, err := url.Parse("http://" + example.at)
	must(t, err)
	forward := httputil.NewSingleHostReverseProxy(to)
	forward.ErrorLog = nil
	forward.ErrorHandler = func(http.ResponseWriter, *http.Request, error) { panic(http.ErrAbortHandler) }
	killed := make(chan struct{})
	var once sync.Once
	between := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			forward.ServeHTTP(w, r)
			return
		}
		lost := httptest.NewRecorder()
		forward.ServeHTTP(lost, r)
		once.Do(func() { example.kill(); close(killed) })
		panic(http.ErrAbortHandler)
	}))
	defer between.Close()
	path := filepath.Join(t.TempDir(), "selasar.db")
	p := openAt(t, path, between.URL, time.Second)
	ref := order(t, p, 30_000)
	ctx, leave := context.WithCancel(t.Context())
	left := make(chan error, 1)
	go func() { _, err := p.Payments.SettleAlone(ctx, ref, "sari", payment.StatusSuccess); left <- err }()
	<-killed
	leave()
	if err := <-left; err == nil {
		t.Error("the payment has an outcome without an answer")
	}
	if got := stateOf(t, p, ref); !got.Held() {
		t.Errorf("%+v", got)
	}
	must(t, p.Close())

	example.start()
	p = openAt(t, path, between.URL, time.Second)
	defer func() { must(t, p.Close()) }()
	held := stateOf(t, p, ref)
	if held.Held() {
		if _, err := p.Payments.Transfers.Await(t.Context(), held.Charge); err != nil {
			t.Error(err)
		}
	}
	if got := stateOf(t, p, ref); got.State != payment.Paid || got.UserID != "sari" || example.charges() != 1 {
		t.Errorf("%+v, %d charges", got, example.charges())
	}
	account, err := p.Bank.Directory.BankAccount(t.Context(), "sari")
	if err != nil || account.Number != "1234567890" {
		t.Errorf("the bank account: %+v, %v", account, err)
	}
	must(t, refundAll(t, p, ref)) // the answer is lost too, so the provider is asked again
	if got := stateOf(t, p, ref); got.Refunded != 30_000 || got.Refunding != 0 {
		t.Errorf("%+v", got)
	}
}

func refundAll(t *testing.T, p *server.Platform, ref string) error {
	var r payment.Refund
	err := p.Payments.DB.Write(t.Context(), func(tx payment.Tx) (err error) {
		_, r, err = p.Payments.Refund(t.Context(), tx, payment.Original{MiniAppID: "kopi", Ref: ref}, payment.Return{})
		return err
	})
	if err == nil {
		err = p.Payments.Refunding(t.Context(), r.No)
	}
	return err
}

func TestProvider_address_may_be_private_but_never_link_local(t *testing.T) {
	t.Parallel()
	p := openAt(t, filepath.Join(t.TempDir(), "selasar.db"), "http://169.254.169.254", time.Second)
	defer func() { must(t, p.Close()) }()
	_, err := p.Payments.SettleAlone(t.Context(), order(t, p, 1000), "sari", payment.StatusSuccess)
	if err == nil || !strings.Contains(err.Error(), "cannot be reached") {
		t.Errorf("got %v", err)
	}
	for _, bad := range []provider.Config{{URL: "pay.example", Secrets: []string{sharedSecret}}, {URL: "https://pay.example", Secrets: []string{"short"}}} {
		_, err := server.Open(t.Context(), server.Config{
			Database: sqlstore.Options{Path: filepath.Join(t.TempDir(), "selasar.db"), Key: secret.Random()},
			Host:     func(context.Context, *server.Platform) (server.Host, error) { return server.Host{}, nil },
			Provider: &bad,
		})
		if err == nil {
			t.Errorf("%s with a secret of %d characters is accepted", bad.URL, len(bad.Secrets[0]))
		}
	}
}
