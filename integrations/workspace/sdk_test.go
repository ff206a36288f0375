package workspace

import (
	"net/url"
	"strings"
	"testing"

	"github.com/slack-go/slack"
)

// What Slack's other SDKs call and send beside what slack-go does.

func TestMultipartArguments(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	body := "--x\r\nContent-Disposition: form-data; name=\"channel\"\r\n\r\nC1\r\n" +
		"--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n收到\r\n--x--\r\n"
	status, _, out := post(t, s.APIURL()+"chat.postMessage", "multipart/form-data; boundary=x", testBotToken, body)
	if status != 200 || s.CountCalls("chat.postMessage") != 1 {
		t.Errorf("%d %s", status, out)
	}
	_, _, out = post(t, s.APIURL()+"chat.postMessage", "multipart/form-data; boundary=x", testBotToken, "no form")
	if got := string(out); got != `{"error":"invalid_form_data","ok":false}` {
		t.Errorf("a broken form: %s", got)
	}
}

func TestAPITestNeedsNoToken(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	got := form(t, s, "api.test", "", url.Values{"foo": {"bar"}})
	if got.err() != "" || got.str("args", "foo") != "bar" {
		t.Errorf("answer = %v", got)
	}
}

func TestReactionsComeAndGo(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	ts := call(t, s, "chat.postMessage", obj{"channel": "C1", "text": "x"}).str("ts")
	args := obj{"channel": "C1", "timestamp": ts, "name": "eyes"}
	for _, step := range []struct{ method, want string }{
		{"reactions.add", ""}, {"reactions.add", "already_reacted"}, {"reactions.remove", ""}, {"reactions.remove", "no_reaction"},
	} {
		if got := call(t, s, step.method, args).err(); got != step.want {
			t.Errorf("%s: %q, want %q", step.method, got, step.want)
		}
	}
}

func TestUsersConversations(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	for _, tt := range []struct {
		name, user string
		want       int
	}{{"the bot's own", "", 1}, {"a member's", "U1", 2}} {
		got := call(t, s, "users.conversations", obj{"user": tt.user})
		if list, _ := got["channels"].([]any); len(list) != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

func TestFilesDelete(t *testing.T) {
	t.Parallel()
	for _, dir := range []string{"", t.TempDir()} {
		s := start(t, func(o *Options) { o.DataDir = dir })
		up := call(t, s, "files.getUploadURLExternal", obj{"filename": "a.txt", "length": 1})
		post(t, up.str("upload_url"), "", "", "x")
		id := up.str("file_id")
		call(t, s, "files.completeUploadExternal", obj{"files": []obj{{"id": id}}, "channel_id": "C1"})
		for _, want := range []string{"", "file_not_found"} {
			if got := call(t, s, "files.delete", obj{"file": id}).err(); got != want {
				t.Errorf("files.delete: %q, want %q", got, want)
			}
		}
	}
}

// slack-go closes its form twice, which Slack overlooks.
func TestUploadBySlackGo(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	api := slack.New(testBotToken, slack.OptionAPIURL(s.APIURL()))
	const text = "会办意见"
	f, err := api.UploadFileContext(timeout(t), slack.UploadFileParameters{
		Channel: "C1", Filename: "意见.txt", FileSize: len(text), Reader: strings.NewReader(text),
	})
	if err != nil {
		t.Fatal(err)
	}
	target := call(t, s, "files.info", obj{"file": f.ID}).str("file", "url_private")
	if got := download(t, target, testBotToken); got != text {
		t.Errorf("file = %q", got)
	}
}
