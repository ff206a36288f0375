package workspace

import (
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// pageOptions asks the app for the options of an external select.
func (s *Server) pageOptions(p *pageRequest) (any, error) {
	s.mu.Lock()
	t, err := s.clicked(p, p.query("view_id"), p.query("channel"), p.query("ts"))
	if err != nil {
		s.mu.Unlock()
		return nil, err
	}
	block, el := elementIn(t.blocks(), p.query("block_id"), p.query("action_id"))
	s.mu.Unlock()
	if el == nil || !strings.HasSuffix(el["type"].(string), "external_select") {
		return nil, badRequest("element_not_found")
	}
	least := 3
	if n, ok := el["min_query_length"].(float64); ok {
		least = int(n)
	}
	if utf8.RuneCountInString(p.query("query")) < least {
		return obj{"ok": true, "options": []obj{}}, nil
	}
	blockID, _ := block["block_id"].(string)
	actionID, _ := el["action_id"].(string)
	body, err := s.suggest(p.as, t, blockID, actionID, p.query("query"))
	if err != nil {
		return nil, err
	}
	return s.offer(t, body)
}

// offer checks the options an app suggested and remembers them for the submission.
func (s *Server) offer(t clickTarget, body []byte) (any, error) {
	var in obj
	if json.Unmarshal(body, &in) != nil || in == nil {
		return nil, errTrouble
	}
	c := newChecker(surfaceModal)
	if in["options"] == nil && in["option_groups"] == nil {
		return nil, errTrouble
	}
	c.object("", in, []field{may("options", list(0, maxOptions, plainOption)), may("option_groups", list(0, maxOptions, optionGroup))})
	if len(c.errs) > 0 {
		return nil, errTrouble
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	t.offer(options(in))
	out := obj{"ok": true}
	for _, k := range []string{"options", "option_groups"} {
		if in[k] != nil {
			out[k] = in[k]
		}
	}
	return out, nil
}
