package consent_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/chain"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/testkit/stage"
)

func keeper(s *stage.Stage) consent.Keeper {
	return consent.Keeper{Clock: s.Clock, IDs: s.IDs, Chains: consent.Chains(s.Key), Operator: consent.Operator{Name: "Super App", Email: "privacy@super.example", Law: "ID"}}
}

// state returns what a user has given to a mini app: "camera wifi".
func state(s *stage.Stage, userID, miniAppID string) string {
	var given []string
	s.Read(func(tx *stage.Tx) error {
		for _, name := range consent.Names {
			e, err := tx.Consents().Get(s.Ctx, userID, miniAppID, name)
			s.Must(err)
			if e.State() == consent.StateGiven {
				given = append(given, string(name))
			}
		}
		return nil
	})
	return strings.Join(given, " ")
}

func names(decided []consent.Entry) string {
	var list []string
	for _, e := range decided {
		list = append(list, fmt.Sprint(e.UserID, " ", e.MiniAppID, " ", e.Name, " ", e.Action))
	}
	slices.Sort(list)
	return strings.Join(list, ", ")
}

// crowd records consents of some users: the camera and the Wi-Fi, to two mini apps.
func crowd(t *testing.T, users ...string) *stage.Stage {
	s := stage.New(t)
	s.App("kopi", "camera", "wifi")
	s.App("teh", "camera")
	for _, id := range users {
		s.Person(id, 0)
		s.Decides(id, "kopi", consent.Camera, consent.Given)
		s.Decides(id, "kopi", consent.Wifi, consent.Given)
		s.Decides(id, "teh", consent.Camera, consent.Given)
	}
	return s
}

func whole(s *stage.Stage) chain.Report {
	s.Helper()
	report, err := consent.Verify(s.Ctx, stage.View[consent.LedgerTx](s), s.Key, nil)
	s.Must(err)
	if report.Fault != nil {
		s.Errorf("the ledger has a fault: %+v", report.Fault)
	}
	return report
}

func TestWithdraw_ends_what_is_given(t *testing.T) {
	s := crowd(t, "sari", "budi")
	k := keeper(s)
	var decided []consent.Entry
	withdraw := func(w consent.Withdrawal) error {
		return s.Try(func(tx *stage.Tx) (err error) { decided, err = k.Withdraw(s.Ctx, tx, w); return err })
	}
	s.Refused(withdraw(consent.Withdrawal{UserID: "sari", MiniAppID: "kopi", Names: []consent.Name{"shoes"}}), problem.BadRequest)
	one := consent.Withdrawal{UserID: "sari", MiniAppID: "kopi", Names: []consent.Name{consent.Wifi}, Source: consent.Settings}
	s.Must(withdraw(one))
	stage.Is(t, "the decision", names(decided), "sari kopi wifi revoked")
	stage.Is(t, "what is still given", state(s, "sari", "kopi"), "camera")
	s.Must(withdraw(one))
	stage.Is(t, "a retry decides", len(decided), 0)
	s.Whole(func() error {
		return withdraw(consent.Withdrawal{UserID: "sari", MiniAppID: "kopi", Source: consent.Settings})
	})
	stage.Is(t, "without names", state(s, "sari", "kopi"), "")
	stage.Is(t, "another mini app and another user", state(s, "sari", "teh")+", "+state(s, "budi", "kopi"), "camera, camera wifi")
	stage.Is(t, "the journal", s.Told(journal.Consent), "consent.revoked consent.revoked")
	whole(s)
}

func TestWithdrawAll_reaches_every_user_in_pages(t *testing.T) {
	users := []string{"ani", "budi", "citra", "dewi", "eka"}
	s := crowd(t, users...)
	k, told, pages := keeper(s), 0, 0
	for cursor, more := "", true; more; pages++ {
		var decided []consent.Entry
		var next string
		s.Write(func(tx *stage.Tx) (err error) {
			decided, next, err = k.WithdrawAll(s.Ctx, tx, "kopi", store.Page{Cursor: cursor, Limit: 2})
			return err
		})
		if pages == 0 {
			stage.Is(t, "the first page", names(decided), "ani kopi camera revoked, ani kopi wifi revoked, budi kopi camera revoked, budi kopi wifi revoked")
			stage.Is(t, "the source", decided[0].Source, consent.ByOperator)
		}
		told, cursor, more = told+len(decided), next, next != ""
	}
	stage.Is(t, "decisions", told, 2*len(users))
	for _, id := range users {
		stage.Is(t, id+" gives", state(s, id, "kopi")+", "+state(s, id, "teh"), ", camera")
	}
	stage.Is(t, "pages", pages, 3)
	whole(s)
}

func TestErase_leaves_nothing_of_a_user(t *testing.T) {
	s := crowd(t, "sari", "budi")
	record(s, entry(s, consent.Camera, consent.Given)) // with a wording and a launch
	before, k := whole(s), keeper(s)
	var ended []consent.Entry
	s.Whole(func() error {
		return s.Try(func(tx *stage.Tx) (err error) { ended, err = k.Erase(s.Ctx, tx, "sari"); return err })
	})
	stage.Is(t, "what ends", names(ended), "sari kopi camera forgotten, sari kopi wifi forgotten, sari teh camera forgotten")
	stage.Is(t, "what is given", state(s, "sari", "kopi")+", "+state(s, "budi", "kopi"), ", camera wifi")
	for _, row := range strings.Split(s.Contents(), "\n") {
		if strings.HasPrefix(row, "consents ") && (strings.Contains(row, "sari") || strings.Contains(row, "your camera") || strings.Contains(row, "launch")) {
			t.Errorf("a row still tells of the user: %s", row)
		}
	}
	after := whole(s)
	stage.Is(t, "the chains", after.Anchor, before.Anchor)
	stage.Is(t, "the counts", fmt.Sprint(after.Entries, after.Erased), fmt.Sprint(before.Entries, 4))
}

func TestExport_has_every_entry_with_its_receipt(t *testing.T) {
	s := crowd(t, "sari", "budi")
	offer := consent.Offer{Name: consent.Wifi, Reason: "to find the shop"}
	e := entry(s, consent.Wifi, consent.Revoked)
	e.Wording = offer.Wording(device.Indonesian)
	s.Must(record(s, e))
	s.Must(record(s, entry(s, consent.Camera, consent.Forgotten)))
	k := keeper(s)
	var pages [][]consent.Exported
	for cursor, n := "", 2; n == 2; {
		s.Read(func(tx *stage.Tx) error {
			page, err := k.Export(s.Ctx, tx, "sari", store.Page{Cursor: cursor, Limit: 2})
			pages = append(pages, page)
			if n = len(page); n > 0 {
				cursor = page[n-1].ID
			}
			return err
		})
	}
	all := slices.Concat(pages...)
	stage.Is(t, "the entries", len(all), 5)
	stage.Is(t, "the receipt of a forgotten decision", all[4].Receipt, nil)
	var found consent.Exported
	s.Loud(func() error {
		return s.Try(func(tx *stage.Tx) (err error) { found, err = k.Find(s.Ctx, tx, all[3].ID); return err })
	})
	got, err := json.MarshalIndent(found.Receipt, "", "  ")
	s.Must(err)
	want := strings.NewReplacer("ENTRY", all[3].ID, "HASH", all[3].Ledger.Hash, "CHAIN", fmt.Sprint(all[3].Ledger.Chain)).Replace(receipt)
	if string(got) != strings.TrimSpace(want) {
		t.Errorf("the receipt is\n%s\nwant\n%s", got, want)
	}
}

const receipt = `
{
  "schema_version": "ISO/IEC TS 27560:2023",
  "receipt_id": "receipt-ENTRY",
  "consent_record": {
    "schema_version": "ISO/IEC TS 27560:2023",
    "record_id": "ENTRY",
    "pii_principal_id": "sari",
    "pii_processing": {
      "privacy_notice": {
        "text": "nama jaringan Wi-Fi Anda: to find the shop",
        "super_app_version": "2.10.0"
      },
      "language": "id",
      "purposes": [
        {
          "purpose": "to find the shop",
          "lawful_basis": "consent",
          "pii_information": [
            {
              "pii_type": "name of the Wi-Fi network",
              "pii_attribute_id": "wifi"
            }
          ],
          "pii_controllers": [
            "operator"
          ],
          "collection_method": "consent sheet in the mini app",
          "retention_period": "until_withdrawn",
          "services": "Mini app kopi",
          "jurisdiction": "ID",
          "recipient_third_parties": [
            "mini_app:kopi"
          ],
          "withdrawal_method": "in the settings of the super app, at any time"
        }
      ]
    },
    "event": {
      "event_time": "2026-03-14T12:00:00Z",
      "validity_duration": "none",
      "entity_id": "sari",
      "event_type": "explicit",
      "event_state": "withdrawn"
    }
  },
  "party_identification": [
    {
      "party_id": "operator",
      "party_name": "Super App",
      "party_role": "pii_controller",
      "party_email": "privacy@super.example"
    },
    {
      "party_id": "mini_app:kopi",
      "party_name": "Mini app kopi",
      "party_role": "recipient_third_party",
      "party_url": "https://kopi.example"
    }
  ],
  "ledger": {
    "chain": CHAIN,
    "number": 4,
    "hash": "HASH"
  }
}`

// A receipt says who has decided, and how, for each action and source.
func TestNewReceipt_of_each_decision(t *testing.T) {
	s := stage.New(t)
	app := s.App("kopi")
	for _, one := range []struct {
		action consent.Action
		source consent.Source
		want   string
	}{
		{consent.Given, consent.OnLaunch, "given sari until_withdrawn"},
		{consent.Refused, consent.OnCall, "refused sari none"},
		{consent.Revoked, consent.ByOperator, "withdrawn operator none"},
	} {
		for _, name := range consent.Names {
			r, ok := consent.NewReceipt(consent.Operator{}, app, consent.Row{Entry: consent.Entry{UserID: "sari", MiniAppID: "kopi", Name: name, Action: one.action, Source: one.source}})
			p := r.Record.Processing
			if event := r.Record.Event; !ok || event.State+" "+event.Entity+" "+event.Validity != one.want {
				t.Errorf("%+v: %+v", one, event)
			}
			if p.Notice != nil || p.Language != "" || p.Purposes[0].Purpose != name.Title().English || p.Purposes[0].Collection == "" || len(p.Purposes[0].Information) == 0 {
				t.Errorf("%s: %+v", name, p)
			}
		}
	}
	for _, r := range []consent.Row{{Entry: consent.Entry{Action: consent.Forgotten}}, {Entry: consent.Entry{Action: consent.Given}, ErasedAt: 1}} {
		if _, ok := consent.NewReceipt(consent.Operator{}, app, r); ok {
			t.Errorf("%+v has a receipt", r)
		}
	}
}
