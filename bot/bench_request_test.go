package bot_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"huiban/integrations/slackapi"
	"huiban/integrations/workspace"
	"huiban/tasks"
)

// command is a slash command as Slack sends it.
func (r *rig) command(user, text string) (path string, body []byte) {
	return slackapi.PathCommands, []byte(url.Values{"command": {slackapi.Command}, "text": {text}, "user_id": {user}, "channel_id": {"D1"},
		"team_id": {"T1"}, "trigger_id": {fmt.Sprintf("t%d", r.seq.Add(1))}, "response_url": {r.front.URL + "/answer"}}.Encode())
}

// submission is a liaison's filled form as Slack sends it.
func (r *rig) submission(p *tasks.Proposal, as tasks.Assignment) (path string, body []byte) {
	name := fmt.Sprintf("text_%d", as.Section)
	payload, err := json.Marshal(map[string]any{
		"type": "view_submission", "team": map[string]any{"id": "T1"}, "trigger_id": fmt.Sprintf("t%d", r.seq.Add(1)),
		"user": map[string]any{"id": r.users[r.actor(as.Department, tasks.RoleLiaison).Person]},
		"view": map[string]any{"id": "V1", "type": "modal", "callback_id": "contribution",
			"private_metadata": fmt.Sprintf("%s|0|%s|0|", p.ID, as.Department),
			"blocks":           []any{map[string]any{"type": "input", "block_id": name, "label": map[string]any{"type": "plain_text", "text": name}, "element": map[string]any{"type": "plain_text_input", "action_id": "v"}}},
			"state":            map[string]any{"values": map[string]any{name: map[string]any{"v": map[string]any{"type": "plain_text_input", "value": "我局" + strings.Repeat("积极推进此项工作，已取得成效。", 20)}}}},
		},
	})
	if err != nil {
		panic(err)
	}
	return slackapi.PathInteractions, []byte(url.Values{"payload": {string(payload)}}.Encode())
}

// send sends a signed request and returns the answer.
func (r *rig) send(base, path string, body []byte) ([]byte, error) {
	now := time.Now()
	req, err := http.NewRequest(http.MethodPost, base+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("X-Slack-Request-Timestamp", strconv.FormatInt(now.Unix(), 10))
	req.Header.Set("X-Slack-Signature", workspace.Signature(r.app.SigningSecret, now, body))
	resp, err := r.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", path, resp.Status)
	}
	return answer, err
}
