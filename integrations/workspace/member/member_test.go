package member

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const card = `[
 {"type":"header","block_id":"h","text":{"type":"plain_text","text":"第124302号"}},
 {"type":"section","block_id":"s","fields":[{"type":"mrkdwn","text":"*期限* 3月20日"}],
  "accessory":{"type":"overflow","action_id":"more","options":[{"text":{"type":"plain_text","text":"退办"},"value":"return"}]}},
 {"type":"table","rows":[[{"type":"raw_text","text":"市人社局"}]]},
 {"type":"actions","block_id":"a","elements":[{"type":"button","action_id":"accept","text":{"type":"plain_text","text":"签收"},"value":"1"}]}]`

func TestMessageHelpers(t *testing.T) {
	t.Parallel()
	m := Message{PlainText: "提要", Blocks: json.RawMessage(card), Metadata: json.RawMessage(`{"event_type":"card"}`)}
	for _, want := range []string{"第124302号", "*期限* 3月20日", "市人社局", "签收", "退办"} {
		if !strings.Contains(m.Text(), want) {
			t.Errorf("text lacks %q:\n%s", want, m.Text())
		}
	}
	if got := (Message{PlainText: "提要"}).Text(); got != "提要" {
		t.Errorf("without blocks: %q", got)
	}
	if b := m.Buttons(); len(b) != 1 || b[0].Text != "签收" || b[0].BlockID != "a" || b[0].Value != "1" {
		t.Errorf("buttons = %+v", b)
	}
	if !m.HasAction("more") || m.HasAction("nothing") {
		t.Error("HasAction is wrong")
	}
	if m.EventType() != "card" || !Containing("124302", "签收")(m) || Containing("没有")(m) {
		t.Error("metadata or Containing is wrong")
	}
}

func TestEncode(t *testing.T) {
	t.Parallel()
	day := time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC)
	choice := func(v string) any { return map[string]any{"value": v} }
	for _, tt := range []struct {
		kind string
		in   any
		key  string
		want any
	}{
		{"plain_text_input", "x", "value", "x"},
		{"number_input", 7, "value", "7"},
		{"static_select", "a", "selected_option", choice("a")},
		{"static_select", "", "selected_option", nil},
		{"checkboxes", []string{"a", "b"}, "selected_options", []any{choice("a"), choice("b")}},
		{"multi_static_select", "a", "selected_options", []any{choice("a")}},
		{"multi_users_select", []string{"U1"}, "selected_users", []any{"U1"}},
		{"datepicker", day, "selected_date", "2026-03-02"},
		{"datepicker", "2026-03-02", "selected_date", "2026-03-02"},
		{"timepicker", day, "selected_time", "09:30"},
		{"datetimepicker", day, "selected_date_time", day.Unix()},
		{"file_input", []string{"F1"}, "files", []any{map[string]any{"id": "F1"}}},
		{"overflow", "a", "selected_option", choice("a")},
	} {
		t.Run(tt.kind, func(t *testing.T) {
			t.Parallel()
			got, err := encode(Element{Type: tt.kind}, tt.in)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(map[string]any{"type": tt.kind, tt.key: tt.want}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	if _, err := encode(Element{Type: "button"}, "x"); err == nil {
		t.Error("a value was put into a button")
	}
}

func TestFilledKeepsWhatIsNotNamed(t *testing.T) {
	t.Parallel()
	var v View
	err := json.Unmarshal([]byte(`{"blocks":[
	 {"type":"input","block_id":"a","element":{"type":"plain_text_input","action_id":"v"}},
	 {"type":"input","block_id":"b","element":{"type":"plain_text_input","action_id":"v"}}],
	 "state":{"values":{"a":{"v":{"type":"plain_text_input","value":"旧"}},"b":{"v":{"type":"plain_text_input","value":"旧"}}}}}`), &v)
	if err != nil {
		t.Fatal(err)
	}
	got, err := v.filled(map[string]any{"b": "新"})
	if err != nil {
		t.Fatal(err)
	}
	entry := func(s string) map[string]any {
		return map[string]any{"v": map[string]any{"type": "plain_text_input", "value": s}}
	}
	want := map[string]any{"values": map[string]map[string]any{"a": entry("旧"), "b": entry("新")}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if _, err := v.filled(map[string]any{"c": "x"}); err == nil {
		t.Error("a field that does not exist was filled in")
	}
}

func TestErrors(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/app/api/boot":
			_, _ = w.Write([]byte(`{"ok":true,"members":[{"id":"U1","name":"lin"}]}`))
		case "/app/api/conversations":
			w.WriteHeader(http.StatusInternalServerError)
		case "/app/api/poll":
			<-r.Context().Done()
		default:
			_, _ = w.Write([]byte(`{"ok":false,"error":"not_in_channel","message":"join first"}`))
		}
	}))
	defer srv.Close()
	c := Dial(srv.URL + "/")
	defer c.Close()
	var shown *Error
	if _, err := c.As("lin").Say(t.Context(), "C1", "", "x"); !errors.As(err, &shown) || shown.Code != "not_in_channel" || shown.Error() != "not_in_channel: join first" {
		t.Errorf("refusal: %v", err)
	}
	if _, err := c.As("nobody").View(t.Context()); err == nil || !strings.Contains(err.Error(), `no member "nobody"`) {
		t.Errorf("unknown member: %v", err)
	}
	if _, err := c.As("lin").Conversations(t.Context()); err == nil || errors.As(err, &shown) && shown.Code == "" {
		t.Errorf("server fault: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := c.As("lin").WaitView(ctx, "form"); !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "a view") {
		t.Errorf("waiting in vain: %v", err)
	}
}
