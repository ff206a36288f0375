package workspace

import (
	"encoding/json"
	"testing"
)

// Whatever an app sends, the checker answers, and what it accepts can be shown and filled in.
func FuzzParseView(f *testing.F) {
	for _, v := range []any{
		modal(), fullForm(), with(modal(section("x")), "blocks", []any{pie(2)}),
		obj{"type": "home", "blocks": []any{actions(button("a"))}},
	} {
		raw, err := json.Marshal(v)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	for _, s := range []string{
		`null`, `[]`, `{"blocks":[null,1,"x",[],{}]}`,
		`{"type":"modal","title":{"type":"plain_text","text":"x"},"blocks":[{"type":"actions","elements":[{"type":"static_select","options":[{"value":{},"text":[]},{"value":{}}],"initial_option":{"value":{},"text":{}}}]}]}`,
		`{"type":"modal","blocks":[{"type":"actions","elements":[{"type":"checkboxes","options":[{"value":"a","text":{"text":{}}}],"initial_options":[{"value":"a","text":{"text":{}}}]}]}]}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		for _, kind := range []string{"modal", "home"} {
			v, refusal := parseView(raw, kind)
			if (v == nil) == (refusal == nil) {
				t.Fatalf("view %v, refusal %v", v, refusal)
			}
			if v == nil {
				continue
			}
			if _, err := json.Marshal(v.Body); err != nil {
				t.Fatal(err)
			}
			e := entered{Server: &Server{st: newState(Team{})}, user: "U1"}
			if _, err := e.fill(v, copyState(v.State), true); err != nil {
				t.Fatal(err)
			}
		}
		var blocks []any
		if json.Unmarshal(raw, &blocks) == nil {
			newChecker(surfaceMessage).blocks("/blocks", blocks)
		}
	})
}
