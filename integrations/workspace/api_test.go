package workspace

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestRefusals(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	mine := call(t, s, "chat.postMessage", obj{"channel": "C1", "text": "一"}).str("ts")
	theirs := sayIn(t, s, "U1", "C1", "二")
	for _, tt := range []struct {
		name, method string
		args         obj
		want         string
	}{
		{"method that does not exist", "chat.shout", obj{}, "unknown_method"},
		{"old upload method", "files.upload", obj{}, "method_deprecated"},
		{"channel that does not exist", "chat.postMessage", obj{"channel": "C9", "text": "x"}, "channel_not_found"},
		{"channel the bot is not in", "chat.postMessage", obj{"channel": "C2", "text": "x"}, "not_in_channel"},
		{"no channel", "chat.postMessage", obj{"text": "x"}, "invalid_arguments"},
		{"no text", "chat.postMessage", obj{"channel": "C1"}, "no_text"},
		{"text too long", "chat.postMessage", obj{"channel": "C1", "text": strings.Repeat("长", 40001)}, "msg_too_long"},
		{"update text over 4000 bytes", "chat.update", obj{"channel": "C1", "ts": mine, "text": strings.Repeat("长", 1334)}, "msg_too_long"},
		{"too many attachments", "chat.postMessage", obj{"channel": "C1", "text": "x", "attachments": make([]obj, 101)}, "too_many_attachments"},
		{"broken blocks", "chat.postMessage", obj{"channel": "C1", "blocks": "[{"}, "invalid_blocks_format"},
		{"unknown block", "chat.postMessage", obj{"channel": "C1", "blocks": []obj{{"type": "fancy"}}}, "invalid_blocks"},
		{"unknown thread", "chat.postMessage", obj{"channel": "C1", "text": "x", "thread_ts": "1.000001"}, "thread_not_found"},
		{"huge metadata", "chat.postMessage", obj{"channel": "C1", "text": "x", "metadata": obj{"event_type": "e", "event_payload": obj{"v": strings.Repeat("x", 16000)}}}, "metadata_too_large"},
		{"metadata without payload", "chat.postMessage", obj{"channel": "C1", "text": "x", "metadata": obj{"event_type": "e"}}, "invalid_metadata_schema"},
		{"update of nothing", "chat.update", obj{"channel": "C1", "ts": "1.000001", "text": "x"}, "message_not_found"},
		{"update of another's", "chat.update", obj{"channel": "C1", "ts": theirs, "text": "x"}, "cant_update_message"},
		{"delete of another's", "chat.delete", obj{"channel": "C1", "ts": theirs}, "cant_delete_message"},
		{"ephemeral to a stranger", "chat.postEphemeral", obj{"channel": "C1", "user": "U9", "text": "x"}, "user_not_found"},
		{"unknown user", "users.info", obj{"user": "U9"}, "user_not_found"},
		{"unknown address", "users.lookupByEmail", obj{"email": "nobody@example.org"}, "users_not_found"},
		{"address of somebody who left", "users.lookupByEmail", obj{"email": "gone@example.org"}, "users_not_found"},
		{"conversation with a stranger", "conversations.open", obj{"users": "U9"}, "user_not_found"},
		{"conversation with somebody who left", "conversations.open", obj{"users": "U3"}, "user_disabled"},
		{"conversation with nobody", "conversations.open", obj{}, "users_list_not_supplied"},
		{"history of a channel the bot is not in", "conversations.history", obj{"channel": "C2"}, "not_in_channel"},
		{"limit out of range", "conversations.history", obj{"channel": "C1", "limit": 5000}, "invalid_limit"},
		{"bad cursor", "conversations.list", obj{"cursor": "abc"}, "invalid_cursor"},
		{"reaction that is not there", "reactions.remove", obj{"channel": "C1", "timestamp": mine, "name": "eyes"}, "no_reaction"},
		{"profile without its scope", "users.profile.get", obj{"user": "U1"}, "missing_scope"},
		{"channels of a stranger", "users.conversations", obj{"user": "U9"}, "user_not_found"},
		{"delete of an unknown file", "files.delete", obj{"file": "F9"}, "file_not_found"},
		{"asked-for error", "api.test", obj{"error": "odd"}, "odd"},
		{"unknown file", "files.info", obj{"file": "F9"}, "file_not_found"},
		{"view without trigger", "views.open", obj{"view": modal()}, "invalid_arguments"},
		{"made-up trigger", "views.open", obj{"view": modal(), "trigger_id": "1.2.3"}, "invalid_trigger_id"},
		{"update of no view", "views.update", obj{"view": modal(), "view_id": "V9"}, "not_found"},
		{"Home of a stranger", "views.publish", obj{"view": obj{"type": "home", "blocks": []obj{}}, "user_id": "U9"}, "invalid_arguments"},
		{"bot token for a socket", "apps.connections.open", obj{}, "not_allowed_token_type"},
		{"group conversation without its scope", "conversations.open", obj{"users": "U1,U2"}, "missing_scope"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := call(t, s, tt.method, tt.args).err(); got != tt.want {
				t.Errorf("%s: error = %q, want %q", tt.method, got, tt.want)
			}
		})
	}
}

// sayIn posts as a member through the page.
func sayIn(t *testing.T, s *Server, who, channel, text string) string {
	t.Helper()
	ts, err := as(t, s, who).Say(timeout(t), channel, "", text)
	if err != nil {
		t.Fatal(err)
	}
	return ts
}

func TestTokensAndScopes(t *testing.T) {
	t.Parallel()
	s := start(t, func(o *Options) { o.Seed.Apps[0].Scopes = []string{"users:read", "chat:write"} })
	for _, tt := range []struct{ name, token, method, want string }{
		{"none", "", "auth.test", "not_authed"},
		{"wrong", "xoxb-wrong", "auth.test", "invalid_auth"},
		{"app token", testAppToken, "auth.test", "not_allowed_token_type"},
		{"right", testBotToken, "auth.test", ""},
		{"without the scope", testBotToken, "conversations.open", "missing_scope"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := form(t, s, tt.method, tt.token, url.Values{}).err(); got != tt.want {
				t.Errorf("error = %q, want %q", got, tt.want)
			}
		})
	}
	got := call(t, s, "conversations.open", obj{"users": "U1"})
	if got["needed"] != "im:write" || got["provided"] != "users:read,chat:write" {
		t.Errorf("needed %v, provided %v", got["needed"], got["provided"])
	}
	if email := call(t, s, "users.info", obj{"user": "U1"}).str("user", "profile", "email"); email != "" {
		t.Error("the e-mail address is shown without its scope")
	}
	if got := call(t, s, "conversations.history", obj{"channel": "C1"}).err(); got != "missing_scope" {
		t.Errorf("history: %q", got)
	}
	_, _, body := post(t, s.APIURL()+"auth.test?token="+testBotToken, "", "", "")
	if !strings.Contains(string(body), "not_authed") {
		t.Errorf("a token in the address was taken: %s", body)
	}
}

func TestRateLimits(t *testing.T) {
	t.Parallel()
	clock := newManual()
	s := start(t, func(o *Options) { o.NoRateLimits, o.Now, o.PostBurst = false, clock.now, 2 })
	send := func(channel string) (int, string) {
		status, header, _ := post(t, s.APIURL()+"chat.postMessage", "application/json", testBotToken, `{"channel":"`+channel+`","text":"x"}`)
		return status, header.Get("Retry-After")
	}
	for i := range 2 {
		if status, _ := send("C1"); status != http.StatusOK {
			t.Fatalf("message %d of the burst: %d", i, status)
		}
	}
	if status, after := send("C1"); status != http.StatusTooManyRequests || after != "1" {
		t.Errorf("over the burst: %d, Retry-After %q", status, after)
	}
	if status, _ := send("U1"); status != http.StatusOK {
		t.Errorf("another channel is limited too: %d", status)
	}
	clock.move(time.Second)
	if status, _ := send("C1"); status != http.StatusOK {
		t.Errorf("after a second: %d", status)
	}
	for range int(tier2) {
		if e := call(t, s, "users.list", obj{}).err(); e != "" {
			t.Fatal(e)
		}
	}
	if e := call(t, s, "users.list", obj{}).err(); e != "ratelimited" {
		t.Errorf("call over Tier 2: %q", e)
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	args := `{"channel":"C1","text":"x"}`
	s.Fail("chat.postMessage", 1, Fault{Status: 429, RetryAfter: 7 * time.Second})
	s.Fail("chat.postMessage", 1, Fault{Status: 500, AfterEffect: true})
	s.Fail("chat.postMessage", 1, Fault{Error: "fatal_error"})
	status, header, _ := post(t, s.APIURL()+"chat.postMessage", "application/json", testBotToken, args)
	if status != 429 || header.Get("Retry-After") != "7" {
		t.Errorf("first: %d %q", status, header.Get("Retry-After"))
	}
	if status, _, _ = post(t, s.APIURL()+"chat.postMessage", "application/json", testBotToken, args); status != 500 {
		t.Errorf("second: %d", status)
	}
	if e := call(t, s, "chat.postMessage", json.RawMessage(args)).err(); e != "fatal_error" {
		t.Errorf("third: %q", e)
	}
	if e := call(t, s, "chat.postMessage", json.RawMessage(args)).err(); e != "" {
		t.Errorf("fourth: %q", e)
	}
	s.Fail("*", 1, Fault{Drop: true})
	if resp, err := http.Post(s.APIURL()+"auth.test", "application/json", nil); err == nil {
		resp.Body.Close()
		t.Errorf("a dropped call was answered: %s", resp.Status)
	}
	if n := s.CountCalls("chat.postMessage"); n != 2 {
		t.Errorf("%d messages took effect, want 2", n)
	}
}

func TestHistoryPagesAndMetadata(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	var last string
	for _, text := range []string{"甲", "乙", "丙"} {
		last = call(t, s, "chat.postMessage", obj{"channel": "C1", "text": text, "metadata": obj{"event_type": "card", "event_payload": obj{"id": text}}}).str("ts")
	}
	call(t, s, "chat.postMessage", obj{"channel": "C1", "text": "回复", "thread_ts": last})
	call(t, s, "chat.postEphemeral", obj{"channel": "C1", "user": "U1", "text": "仅你可见"})
	first := call(t, s, "conversations.history", obj{"channel": "C1", "limit": 2, "include_all_metadata": true})
	if n := len(first["messages"].([]any)); n != 2 || first["has_more"] != true {
		t.Fatalf("first page: %d messages, has_more %v", n, first["has_more"])
	}
	newest := first["messages"].([]any)[0].(map[string]any)
	if newest["text"] != "丙" || newest["reply_count"] != 1.0 || newest["metadata"].(map[string]any)["event_type"] != "card" {
		t.Errorf("newest = %v", newest)
	}
	next := call(t, s, "conversations.history", obj{"channel": "C1", "limit": 2, "cursor": first.str("response_metadata", "next_cursor")})
	if n := len(next["messages"].([]any)); n != 1 || next["has_more"] != false {
		t.Errorf("second page: %d messages, has_more %v", n, next["has_more"])
	}
	if m := next["messages"].([]any)[0].(map[string]any); m["metadata"] != nil {
		t.Error("metadata are shown without being asked for")
	}
	replies := call(t, s, "conversations.replies", obj{"channel": "C1", "ts": last})
	if n := len(replies["messages"].([]any)); n != 2 {
		t.Errorf("%d messages in the thread, want 2", n)
	}
}
