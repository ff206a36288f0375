package bot

import (
	"encoding/json"
	"testing"
)

func TestAcknowledgementCarriesNothingEmpty(t *testing.T) {
	t.Parallel()
	got, err := json.Marshal(ephemeral("t", nil))
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"response_type":"ephemeral","text":"t"}`; string(got) != want {
		t.Errorf("acknowledgement = %s, want %s", got, want)
	}
}
