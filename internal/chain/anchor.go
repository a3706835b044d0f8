package chain

import (
	"encoding/hex"
	"strconv"
	"strings"

	"github.com/selasar/selasar/internal/problem"
)

// Anchor is the newest link of each chain at some time. An operator keeps it outside of
// the database. A later check against it finds that the whole ledger was set back.
type Anchor []Link

// anchored is the number of bytes of a hash in an anchor. 128 bits cannot be guessed.
const anchored = 16

// String returns the text of an anchor: NUMBER:HASH of a ledger with one chain, and
// otherwise CHAIN.NUMBER:HASH of each chain with entries, joined by commas. It is empty
// for an empty ledger.
func (a Anchor) String() string {
	var texts []string
	for _, link := range a {
		text := strconv.FormatInt(link.Number, 10) + ":" + hex.EncodeToString(link.Hash[:min(anchored, len(link.Hash))])
		if len(a) > 1 {
			text = strconv.FormatInt(link.Chain, 10) + "." + text
		}
		if link.Number > 0 {
			texts = append(texts, text)
		}
	}
	return strings.Join(texts, ",")
}

// ParseAnchor parses the text of an anchor. Its problem is BadRequest.
func ParseAnchor(text string) (a Anchor, err error) {
	if text == "" {
		return nil, nil
	}
	for one := range strings.SplitSeq(text, ",") {
		link, ok := parseLink(one)
		if !ok {
			return nil, problem.New(problem.BadRequest, "an anchor is NUMBER:HASH, as an earlier check has printed it")
		}
		a = append(a, link)
	}
	return a, nil
}

func parseLink(text string) (link Link, ok bool) {
	place, hash, ok := strings.Cut(strings.TrimSpace(text), ":")
	chain, number, several := strings.Cut(place, ".")
	if !several {
		chain, number = "0", place
	}
	var errs [3]error
	link.Chain, errs[0] = strconv.ParseInt(chain, 10, 64)
	link.Number, errs[1] = strconv.ParseInt(number, 10, 64)
	link.Hash, errs[2] = hex.DecodeString(hash)
	return link, ok && errs == [3]error{} && link.Chain >= 0 && link.Number > 0 && len(link.Hash) == anchored
}
